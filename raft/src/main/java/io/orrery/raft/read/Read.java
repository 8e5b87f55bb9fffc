package io.orrery.raft.read;

import io.orrery.kernel.NodeId;

/** How a read ends: exactly once, with one of four outcomes. A read has no effect, so it may always be asked again. */
public final class Read {
    private Read() {}

    /** The four ends of a read. */
    public enum Status {
        /** This replica has applied all that was committed when the read was asked for: its state may be read now. */
        READ,
        /** No leader is known; nobody was asked. */
        NOT_LEADER,
        /** Refused by a limit, here or on the leader. */
        OVERLOADED,
        /** No leader confirmed in time that it leads, or this replica did not apply in time what it had to. */
        TIMED_OUT
    }

    /**
     * A read's end.
     *
     * @param index if read: what this replica has applied is at least this far; else 0
     * @param leader who may lead, if not this replica; null where nobody is known
     */
    public record Outcome(Status status, long index, NodeId leader) {
        public static Outcome read(long index) {
            return new Outcome(Status.READ, index, null);
        }

        public static Outcome notLeader(NodeId hint) {
            return new Outcome(Status.NOT_LEADER, 0, hint);
        }

        public static Outcome overloaded() {
            return new Outcome(Status.OVERLOADED, 0, null);
        }

        public static Outcome timedOut(NodeId hint) {
            return new Outcome(Status.TIMED_OUT, 0, hint);
        }

        public boolean isRead() {
            return status == Status.READ;
        }
    }

    /**
     * Hears how a read ended, in an event after the one that asked. After READ the state machine of this replica may be read
     * as long as that event lasts, and is as the read must find it.
     */
    @FunctionalInterface
    public interface Callback {
        void onOutcome(Outcome outcome);
    }
}
