package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;

/** How a proposal ends: exactly once, with one of four outcomes. */
public final class Proposal {
    private Proposal() {}

    /** The four ends of a proposal. */
    public enum Status {
        /** Committed and applied: the command took effect, and the result is that of the state machine. */
        COMMITTED,
        /** Refused by a replica that does not lead: the command has not taken and will not take effect. */
        NOT_LEADER,
        /** Refused by a limit: the command has not taken and will not take effect. */
        OVERLOADED,
        /** The command may have taken effect, may yet, or may never: the leader was deposed, lost, or too slow. */
        UNKNOWN
    }

    /**
     * A proposal's end.
     *
     * @param index where the command is in the log, if committed; else 0
     * @param result the state machine's, if committed; else empty
     * @param leader who may lead, if not this replica; null where nobody is known
     */
    public record Outcome(Status status, long index, Bytes result, NodeId leader) {
        private static final Outcome OVERLOADED = new Outcome(Status.OVERLOADED, 0, Bytes.EMPTY, null);
        private static final Outcome UNKNOWN = new Outcome(Status.UNKNOWN, 0, Bytes.EMPTY, null);

        public static Outcome committed(long index, Bytes result) {
            return new Outcome(Status.COMMITTED, index, result, null);
        }

        public static Outcome notLeader(NodeId hint) {
            return new Outcome(Status.NOT_LEADER, 0, Bytes.EMPTY, hint);
        }

        public static Outcome overloaded() {
            return OVERLOADED;
        }

        public static Outcome unknown() {
            return UNKNOWN;
        }

        private static Outcome of(Status status, long index, Bytes result, NodeId leader) {
            return switch (status) {
                case OVERLOADED -> OVERLOADED;
                case UNKNOWN -> UNKNOWN;
                default -> new Outcome(status, index, result, leader);
            };
        }

        public boolean isCommitted() {
            return status == Status.COMMITTED;
        }
    }

    /**
     * Hears how proposals ended that it tells apart by tags of its own: one for any number of them, without an object for each.
     * Runs in an event after the one that proposed, and may propose.
     */
    public interface Listener {
        /**
         * @param tag as it was proposed with
         * @param index as in {@link Outcome}, like the rest
         */
        void onEnd(long tag, Status status, long index, Bytes result, NodeId leader);
    }

    /** Hears how one proposal ended: a {@link Listener} that needs no tag. */
    @FunctionalInterface
    public interface Callback extends Listener {
        void onOutcome(Outcome outcome);

        @Override
        default void onEnd(long tag, Status status, long index, Bytes result, NodeId leader) {
            onOutcome(Outcome.of(status, index, result, leader));
        }
    }
}
