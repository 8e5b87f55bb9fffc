package io.orrery.transport.tcp;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out who is at an address: dials it, and hands the connection to the peer that it turns out to be. Tries each of the
 * host's addresses once. For the node's thread; the future for any.
 */
final class SeedDial implements OutboundConnection.Owner {
    /** Told who was found; takes the connection. */
    interface Finder {
        void onFound(SeedDial dial, OutboundConnection connection);

        void onOver(SeedDial dial);
    }

    private final Local local;
    private final HostPort target;
    private final Finder finder;
    private final CompletableFuture<NodeId> answer;
    private List<InetSocketAddress> untried = List.of();
    private OutboundConnection connection;
    private boolean isFound;

    SeedDial(Local local, HostPort target, Finder finder, CompletableFuture<NodeId> answer) {
        this.local = local;
        this.target = target;
        this.finder = finder;
        this.answer = answer;
    }

    HostPort target() {
        return target;
    }

    void start(Resolver resolver) {
        resolver.resolve(target, local.io.loop(), found -> {
            untried = found;
            if (found.isEmpty()) {
                TcpCounters.add(local.counters.resolveFailures, 1);
            }
            dialNext("the host name does not resolve");
        });
    }

    private void dialNext(String why) {
        if (untried.isEmpty()) {
            fail(why);
            return;
        }
        InetSocketAddress next = untried.get(0);
        untried = untried.subList(1, untried.size());
        connection = new OutboundConnection(local, this, next, "");
        connection.dial();
    }

    @Override
    public void onOpen(OutboundConnection opened) {
        isFound = true;
        finder.onFound(this, opened);
        finder.onOver(this);
        answer.complete(opened.peer());
    }

    @Override
    public void onOver(OutboundConnection over, String why, Refusal refusal) {
        if (isFound) {
            // Who is there is known; that there was a connection to it already is no failure.
            return;
        }
        if (refusal == Refusal.SELF) {
            finder.onOver(this);
            answer.complete(local.self);
        } else if (refusal != null) {
            fail(why);
        } else {
            dialNext(why);
        }
    }

    void tick(long nowNanos) {
        if (connection != null) {
            connection.tick(nowNanos);
        }
    }

    /** Ends the attempt. */
    void fail(String why) {
        finder.onOver(this);
        answer.completeExceptionally(new HostException("cannot connect to " + target + ": " + why));
    }
}
