package io.orrery.raft.sim;

import io.orrery.raft.rules.RaftRules;

/** Rules that differ from the paper's in one point each: bugs of real systems, planted. */
final class BrokenRules {
    private BrokenRules() {}

    /** The disk keeps the term but not the vote. */
    static final class VoteNotPersisted extends RaftRules {
        @Override
        public boolean persistsVotes() {
            return false;
        }
    }

    /** An entry of an earlier term is committed by counting its copies: Figure 8 of the paper. */
    static final class OldTermCommittedByCounting extends RaftRules {
        @Override
        public boolean commitsByCounting(long entryTerm, long currentTerm) {
            return true;
        }
    }

    /** Entries are acknowledged, and counted by the leader, when they are received. */
    static final class AcknowledgedBeforeSync extends RaftRules {
        @Override
        public long acknowledgeable(long lastIndex, long durableIndex) {
            return lastIndex;
        }
    }

    /** Votes go to candidates whose log is behind. */
    static final class VoteForAnyLog extends RaftRules {
        @Override
        public boolean isUpToDate(long candidateTerm, long candidateIndex, long lastTerm, long lastIndex) {
            return true;
        }
    }

    /** A follower commits what its log holds, whether or not it was shown to match. */
    static final class FollowerCommitsUnmatched extends RaftRules {
        @Override
        public long followerCommit(long leaderCommit, long matchedIndex, long lastIndex) {
            return Math.min(leaderCommit, lastIndex);
        }
    }

    /** A follower cuts its log off behind each message, whether or not it conflicts. */
    static final class SuffixAlwaysCut extends RaftRules {
        @Override
        public boolean keepsMatchingSuffix() {
            return false;
        }
    }
}
