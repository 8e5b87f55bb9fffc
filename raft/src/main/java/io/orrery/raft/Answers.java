package io.orrery.raft;

import io.orrery.kernel.codec.Bytes;
import java.util.Arrays;

/**
 * The ends of proposals on their way to the proposers: told in a later event, in order, all that there are in one. They lie in
 * arrays; of a commit, which is the usual end, the outcome is made when it is told.
 *
 * <ul>
 *   <li>I1: what a proposer does when it is told, another proposal perhaps, ends in a later event again.
 * </ul>
 */
final class Answers {
    private static final int SLOTS_MIN = 4;

    private final Replica replica;
    private final Runnable delivering = this::deliver;
    private Batch gathering = new Batch();
    private Batch telling = new Batch();
    private boolean isQueued;

    Answers(Replica replica) {
        this.replica = replica;
    }

    void add(Proposal.Callback callback, Proposal.Outcome outcome) {
        gathering.add(callback, outcome, 0, null);
        queue();
    }

    void addCommitted(Proposal.Callback callback, long index, Bytes result) {
        gathering.add(callback, null, index, result);
        queue();
    }

    private void queue() {
        if (!isQueued) {
            isQueued = true;
            replica.defer(delivering);
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
        private Proposal.Callback[] callbacks = new Proposal.Callback[SLOTS_MIN];
        /** Null of a commit. */
        private Proposal.Outcome[] outcomes = new Proposal.Outcome[SLOTS_MIN];

        private long[] indexes = new long[SLOTS_MIN];
        private Bytes[] results = new Bytes[SLOTS_MIN];
        private int count;

        void add(Proposal.Callback callback, Proposal.Outcome outcome, long index, Bytes result) {
            if (count == callbacks.length) {
                callbacks = Arrays.copyOf(callbacks, count * 2);
                outcomes = Arrays.copyOf(outcomes, count * 2);
                indexes = Arrays.copyOf(indexes, count * 2);
                results = Arrays.copyOf(results, count * 2);
            }
            callbacks[count] = callback;
            outcomes[count] = outcome;
            indexes[count] = index;
            results[count] = result;
            count++;
        }

        void tell() {
            for (int i = 0; i < count; i++) {
                Proposal.Callback callback = callbacks[i];
                Proposal.Outcome outcome = outcomes[i];
                callbacks[i] = null;
                outcomes[i] = null;
                callback.onOutcome(outcome == null ? Proposal.Outcome.committed(indexes[i], results[i]) : outcome);
                results[i] = null;
            }
            count = 0;
        }
    }
}
