package io.orrery.raft.log;

/** A record read back, waiting for its batch's commit record. */
sealed interface WalRecord {
    /** Whether it makes sense after what was replayed before. */
    boolean replay(WalReplay to);

    /** See {@link WalFormat#ENTRY}. */
    record Appended(long group, Entry entry) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            return to.onEntry(group, entry);
        }
    }

    /** See {@link WalFormat#HARD_STATE}. */
    record Voted(long group, HardState state) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            to.onHardState(group, state);
            return true;
        }
    }

    /** See {@link WalFormat#TRUNCATE}. */
    record Truncated(long group, long fromIndex) implements WalRecord {
        @Override
        public boolean replay(WalReplay to) {
            return to.onTruncate(group, fromIndex);
        }
    }
}
