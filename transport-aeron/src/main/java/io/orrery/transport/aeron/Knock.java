package io.orrery.transport.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.RegistrationException;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.host.HostException;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks who is at an address: a publication with one message, a hello to nobody by name. Who is there answers on a session
 * of its own, whose hello proves its name.
 */
final class Knock {
    private final Outbound owner;
    private final Address address;
    private final long number;
    private final long deadlineNanos;
    private final int streamId;
    private final CompletableFuture<NodeId> answer;
    private final long registrationId;
    private ExclusivePublication publication;
    private boolean isSent;

    Knock(Outbound owner, Address address, long number, long nowNanos, CompletableFuture<NodeId> answer) {
        this.owner = owner;
        this.address = address;
        this.number = number;
        this.deadlineNanos = nowNanos + owner.config().connectNanos();
        this.streamId = address.streamId(owner.config().media(), Delivery.STREAM);
        this.answer = answer;
        this.registrationId = owner.aeron()
                .asyncAddExclusivePublication(
                        Channels.publication(owner.config(), address, Delivery.DATAGRAM), streamId);
    }

    Address address() {
        return address;
    }

    long number() {
        return number;
    }

    long registrationId() {
        return registrationId;
    }

    boolean isOver() {
        return answer.isDone();
    }

    void progress(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            fail("nobody answers");
            return;
        }
        try {
            if (publication == null) {
                publication = owner.aeron().getExclusivePublication(registrationId);
            }
        } catch (RegistrationException refused) {
            fail(refused.getMessage());
            return;
        }
        if (publication != null && !isSent && publication.isConnected()) {
            isSent = maybeSend();
        }
    }

    private boolean maybeSend() {
        Encoder hello = owner.knock(number, publication.sessionId(), streamId);
        byte[] message = new byte[Chunk.KIND_BYTES + hello.position()];
        message[0] = Chunk.KNOCK;
        System.arraycopy(hello.buffer(), 0, message, Chunk.KIND_BYTES, hello.position());
        long result = publication.offer(new UnsafeBuffer(message));
        Check.that(result != Publication.MAX_POSITION_EXCEEDED, "a knock is one message", result);
        return result > 0;
    }

    void succeed(NodeId node) {
        close();
        answer.complete(node);
    }

    void fail(String why) {
        close();
        answer.completeExceptionally(new HostException("cannot connect to " + address + ": " + why));
    }

    /** Ends the attempt together with its Aeron client. */
    void abandon(HostException why) {
        answer.completeExceptionally(why);
    }

    private void close() {
        if (publication != null) {
            publication.close();
        } else {
            owner.aeron().asyncRemovePublication(registrationId);
        }
    }
}
