package io.orrery.gossip.swim;

import io.orrery.gossip.GossipCounters;
import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.GossipMarks;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.function.Consumer;

/**
 * Who is to be sent our full state, and when: a cluster that starts at once asks its seeds all at once, and each answer is as
 * large as the cluster.
 *
 * <ul>
 *   <li>Q1: at most {@code answersMax} states are sent within {@link #SLICE_NANOS}; further askers wait, in their order.
 *   <li>Q2: who waits, and asks again, waits once.
 *   <li>Q3: at most {@link #WAITING_MAX} wait. Beyond, an asker is refused and counted; it asks again by itself, later.
 * </ul>
 */
final class SyncAnswers {
    static final long SLICE_NANOS = Time.millis(100);
    static final int WAITING_MAX = 1024;

    private final Kernel kernel;
    private final int answersMax;
    private final GossipCounters counters;
    private final Consumer<NodeId> answer;
    private final LinkedHashSet<NodeId> waiting = new LinkedHashSet<>();
    private final Timer slice;
    private long sliceEndNanos = Long.MIN_VALUE;
    private int sentInSlice;

    /**
     * @param answer sends our state
     */
    SyncAnswers(Kernel kernel, int answersMax, GossipCounters counters, Consumer<NodeId> answer) {
        this.kernel = kernel;
        this.answersMax = answersMax;
        this.counters = counters;
        this.answer = answer;
        this.slice = kernel.timer("sync-answers", this::onSlice);
    }

    void onAsked(NodeId from) {
        if (kernel.nowNanos() >= sliceEndNanos) {
            beginSlice();
        }
        if (sentInSlice < answersMax && waiting.isEmpty()) {
            send(from);
        } else if (waiting.contains(from)) {
            counters.count(Counter.SYNCS_ASKED_TWICE);
        } else if (waiting.size() >= WAITING_MAX) {
            counters.count(Counter.REFUSED_SYNCS);
        } else {
            kernel.trace().reached(GossipMarks.SYNC_PUT_OFF);
            waiting.add(from);
            if (!slice.isArmed()) {
                slice.restart(sliceEndNanos - kernel.nowNanos());
            }
        }
    }

    private void onSlice() {
        beginSlice();
        Iterator<NodeId> first = waiting.iterator();
        while (first.hasNext() && sentInSlice < answersMax) {
            NodeId to = first.next();
            first.remove();
            send(to);
        }
        if (!waiting.isEmpty()) {
            slice.restart(SLICE_NANOS);
        }
    }

    private void beginSlice() {
        sliceEndNanos = kernel.nowNanos() + SLICE_NANOS;
        sentInSlice = 0;
    }

    private void send(NodeId to) {
        Check.that(sentInSlice < answersMax, "Q1: answers of a slice are bounded", sentInSlice);
        sentInSlice++;
        answer.accept(to);
    }

    /** This node says no more. */
    void stop() {
        waiting.clear();
        slice.cancel();
    }
}
