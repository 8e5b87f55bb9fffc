package io.orrery.server.bench;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A load on all groups of a cluster: so many proposals under way in each, proposed one by one by one thread, each of its group's
 * leader.
 *
 * <p>For one thread.
 */
final class GroupsLoad {
    /** Which group the next proposal is for, when one has ended. */
    enum Order {
        /** The same group: each group has clients of its own, who ask again when they are answered. */
        OWN_CLIENTS,
        /** The group after the last that was asked: no two proposals in a row are for the same one. */
        IN_TURN
    }

    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final NodeThread[] leaders;
    private final RaftGroup[] groups;
    private final Order order;
    private final Bytes payload;
    private final ConcurrentLinkedQueue<Integer> ended = new ConcurrentLinkedQueue<>();
    private final LongAdder committed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private int turn;

    /**
     * @param leaders of the groups, by the groups' numbers
     */
    GroupsLoad(NodeThread[] leaders, RaftGroup[] groups, Order order, int payloadBytes) {
        this.leaders = leaders;
        this.groups = groups;
        this.order = order;
        this.payload = Bytes.wrap(new byte[payloadBytes]);
    }

    /** Commits a second, over so long and until the last proposal has ended; 0 if a leader was lost meanwhile. */
    double run(int inFlightPerGroup, long nanos) {
        long start = System.nanoTime();
        for (int i = 0; i < inFlightPerGroup * groups.length; i++) {
            propose(i % groups.length);
        }
        int open = inFlightPerGroup * groups.length;
        while (open > 0) {
            int group = await();
            if (System.nanoTime() - start < nanos) {
                propose(order == Order.OWN_CLIENTS ? group : turn);
                turn = (turn + 1) % groups.length;
            } else {
                open--;
            }
        }
        return failed.sum() > 0 ? 0 : committed.sum() * 1e9 / (System.nanoTime() - start);
    }

    private int await() {
        Integer group = ended.poll();
        for (long start = System.nanoTime(); group == null; group = ended.poll()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("no proposal ended for 30 s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return group;
    }

    private void propose(Integer number) {
        RaftGroup group = groups[number];
        Proposal.Callback done = outcome -> {
            (outcome.isCommitted() ? committed : failed).increment();
            ended.add(number);
        };
        if (!leaders[number].submit(() -> group.propose(payload, done))) {
            ended.add(number);
        }
    }
}
