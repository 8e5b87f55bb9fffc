package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Ahead;
import java.util.Arrays;

/**
 * The ends of proposals on their way to the proposers: told in a later event, in order, all that there are in one. They lie in
 * arrays, without an object for each.
 *
 * <ul>
 *   <li>I1: what a proposer does when it is told, another proposal perhaps, ends in a later event again.
 * </ul>
 */
final class Answers {
    private static final int SLOTS_MIN = 4;

    private final Replica replica;
    private final Ahead.Task delivering = new Delivering();
    private Batch gathering = new Batch();
    private Batch telling = new Batch();
    private boolean isQueued;

    Answers(Replica replica) {
        this.replica = replica;
    }

    /** It was not committed. */
    void add(long tag, Proposal.Listener listener, Proposal.Status status, NodeId leader) {
        gathering.add(tag, listener, status, 0, Bytes.EMPTY, leader);
        queue();
    }

    void addCommitted(long tag, Proposal.Listener listener, long index, Bytes result) {
        gathering.add(tag, listener, Proposal.Status.COMMITTED, index, result, null);
        queue();
    }

    private void queue() {
        if (!isQueued) {
            isQueued = true;
            replica.defer(delivering);
        }
    }

    private final class Delivering implements Ahead.Task {
        @Override
        public void run() {
            deliver();
        }

        @Override
        public long look() {
            return gathering.look();
        }
    }

    private void deliver() {
        isQueued = false;
        Batch due = gathering;
        gathering = telling;
        telling = due;
        due.tell();
    }

    /** Ends that are told together. */
    private static final class Batch {
        private long[] tags = {};
        private Proposal.Listener[] listeners = {};
        private Proposal.Status[] statuses = {};
        private long[] indexes = {};
        private Bytes[] results = {};
        private NodeId[] leaders = {};
        private int count;

        void add(
                long tag, Proposal.Listener listener, Proposal.Status status, long index, Bytes result, NodeId leader) {
            if (count == tags.length) {
                grow();
            }
            tags[count] = tag;
            listeners[count] = listener;
            statuses[count] = status;
            indexes[count] = index;
            results[count] = result;
            leaders[count] = leader;
            count++;
        }

        private void grow() {
            int slots = Math.max(SLOTS_MIN, count * 2);
            tags = Arrays.copyOf(tags, slots);
            listeners = Arrays.copyOf(listeners, slots);
            statuses = Arrays.copyOf(statuses, slots);
            indexes = Arrays.copyOf(indexes, slots);
            results = Arrays.copyOf(results, slots);
            leaders = Arrays.copyOf(leaders, slots);
        }

        /** See {@link Ahead}. */
        long look() {
            if (count == 0) {
                return 0;
            }
            int last = count - 1;
            long sum = tags[last] + indexes[last] + (statuses[last] == null ? 0 : 1);
            return sum + (listeners[last] == null ? 0 : 1) + (results[last] == null ? 0 : 1);
        }

        void tell() {
            for (int i = 0; i < count; i++) {
                Proposal.Listener listener = listeners[i];
                Bytes result = results[i];
                listeners[i] = null;
                results[i] = null;
                listener.onEnd(tags[i], statuses[i], indexes[i], result, leaders[i]);
            }
            count = 0;
        }
    }
}
