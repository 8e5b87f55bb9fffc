package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The knocks under way, and those asked for by other threads and not begun yet. For the node's thread, but {@link #ask}. */
final class Knocks {
    private static final int KNOCKS_MAX = 256;

    /** Guarded by itself. */
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();

    private final List<Knock> underWay = new ArrayList<>();
    private volatile boolean hasAsked;
    private boolean isClosed;
    private long numbers;

    private record Asked(Address address, CompletableFuture<NodeId> answer) {}

    /** From any thread. */
    CompletableFuture<NodeId> ask(Address address) {
        CompletableFuture<NodeId> answer = new CompletableFuture<>();
        synchronized (asked) {
            if (isClosed || asked.size() >= KNOCKS_MAX) {
                String why = isClosed ? "the transport is closed" : "too many connection attempts at once";
                answer.completeExceptionally(new HostException(why));
            } else {
                asked.add(new Asked(address, answer));
                hasAsked = true;
            }
        }
        return answer;
    }

    void progress(Outbound owner, long nowNanos) {
        if (hasAsked) {
            begin(owner, nowNanos);
        }
        if (underWay.isEmpty()) {
            return;
        }
        for (Knock knock : List.copyOf(underWay)) {
            if (!knock.isOver()) {
                knock.progress(nowNanos);
            }
        }
        underWay.removeIf(Knock::isOver);
    }

    private void begin(Outbound owner, long nowNanos) {
        synchronized (asked) {
            while (!asked.isEmpty() && underWay.size() < KNOCKS_MAX) {
                Asked next = asked.remove();
                underWay.add(new Knock(owner, next.address(), ++numbers, nowNanos, next.answer()));
            }
            hasAsked = !asked.isEmpty();
        }
    }

    /** Somebody answers the knock of this number; returns where it was, or null if it is over. */
    Address maybeAnswered(long number, NodeId node) {
        for (Knock knock : underWay) {
            if (knock.number() == number && !knock.isOver()) {
                knock.succeed(node);
                return knock.address();
            }
        }
        return null;
    }

    void onRejected(long registrationId, String reason) {
        for (Knock knock : underWay) {
            if (knock.registrationId() == registrationId && !knock.isOver()) {
                knock.fail(reason);
            }
        }
    }

    /** Fails them all; Aeron is not touched. */
    void close() {
        synchronized (asked) {
            isClosed = true;
            HostException closed = new HostException("the transport is closed");
            asked.forEach(one -> one.answer().completeExceptionally(closed));
            asked.clear();
            underWay.forEach(knock -> knock.abandon(closed));
            underWay.clear();
        }
    }
}
