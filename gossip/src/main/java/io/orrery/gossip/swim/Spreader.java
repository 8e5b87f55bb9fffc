package io.orrery.gossip.swim;

import io.orrery.gossip.config.RumourConfig;
import io.orrery.gossip.message.Claim;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;

/**
 * Packets that carry nothing but rumours (SWIM has none: it relies on the probes alone, a period apart).
 *
 * <ul>
 *   <li>D1: while there are rumours and live peers, each interval a few random peers get a packet of them. The first ones
 *       go at once if none went within the last interval.
 *   <li>D2: without rumours it is silent, and no timer runs.
 * </ul>
 */
public final class Spreader {
    private final Kernel kernel;
    private final RumourConfig config;
    private final RumourQueue rumours;
    private final LivePeers peers;
    private final Outbox outbox;
    private final Timer timer;
    private Runnable onSpent = () -> {};
    private long sentNanos = Long.MIN_VALUE / 2;

    public Spreader(Kernel kernel, RumourConfig config, RumourQueue rumours, LivePeers peers, Outbox outbox) {
        this.kernel = kernel;
        this.config = config;
        this.rumours = rumours;
        this.peers = peers;
        this.outbox = outbox;
        this.timer = kernel.timer("gossip", this::onDue);
    }

    /** Something to pass on. */
    public void add(Claim claim) {
        rumours.add(claim);
        wake();
    }

    public void forget(NodeId node) {
        rumours.forget(node);
    }

    /** There may be somebody to tell now. */
    public void wake() {
        if (!rumours.isEmpty() && !peers.isEmpty() && !timer.isArmed()) {
            long sinceNanos = kernel.nowNanos() - sentNanos;
            timer.restart(config.prompt() ? Math.max(0, config.intervalNanos() - sinceNanos) : config.intervalNanos());
        }
    }

    /** Calls {@code task} once all that is rumoured now has been sent as often as it is to be. */
    public void whenSpent(Runnable task) {
        onSpent = task;
        wake();
    }

    public void stop() {
        onSpent = () -> {};
        timer.cancel();
    }

    private void onDue() {
        sentNanos = kernel.nowNanos();
        for (NodeId peer : peers.sample(config.fanout(), null, kernel.prng())) {
            outbox.rumours(peer);
        }
        wake();
        if (rumours.isEmpty()) {
            Runnable spent = onSpent;
            onSpent = () -> {};
            spent.run();
        }
    }
}
