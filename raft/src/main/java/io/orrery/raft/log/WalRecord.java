package io.orrery.raft.log;

/** A record read back, waiting for its batch's commit record. */
sealed interface WalRecord {
    long group();

    /** Its number among the group's records; 0 if the format has none. */
    int number();

    /** Whether it makes sense after what was replayed before. */
    boolean replay(WalReplay to);

    /** The same, after its number was looked at. */
    default boolean follows(WalReplay to) {
        return (this instanceof Released || to.onNumber(group(), number())) && replay(to);
    }

    /** See {@link WalFormat#ENTRY}. */
    record Appended(long group, int number, Entry entry) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            return to.onEntry(group, entry, number == 0);
        }
    }

    /** See {@link WalFormat#HARD_STATE}. */
    record Voted(long group, int number, HardState state) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            to.onHardState(group, state);
            return true;
        }
    }

    /** See {@link WalFormat#TRUNCATE}. */
    record Truncated(long group, int number, long fromIndex) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            return to.onTruncate(group, fromIndex, number == 0);
        }
    }

    /** See {@link WalFormat#COMPACT}. */
    record Compacted(long group, int number, long index, long term) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            return to.onCompact(group, index, term);
        }
    }

    /** See {@link WalFormat#RESTART}. */
    record Restarted(long group, int number, long index, long term) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            return to.onRestart(group, index, term);
        }
    }

    /** See {@link WalFormat#RELEASE}. */
    record Released(long firstNeeded) implements WalRecord {
        @Override
        public long group() {
            return 0;
        }

        @Override
        public int number() {
            return 0;
        }

        @Override
        public boolean replay(WalReplay to) {
            to.onRelease(firstNeeded);
            return true;
        }
    }
}
