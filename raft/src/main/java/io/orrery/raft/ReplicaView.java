package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.raft.log.LogView;
import io.orrery.raft.snapshot.SnapshotCounters;
import io.orrery.raft.snapshot.SnapshotId;

/** What checkers and tools look at beside a group's own views. */
public interface ReplicaView {
    /** Whether the log was recovered; before that messages are dropped, and the rest of this view means nothing. */
    boolean isRunning();

    LogView log();

    /** Whom this replica votes for in its term; null for nobody. */
    NodeId vote();

    /** Of the latest snapshot on this node's disk; null if there is none. */
    SnapshotId latestSnapshot();

    /** When this node came to have it, by its clock. */
    long latestSnapshotNanos();

    SnapshotCounters snapshotCounters();

    /** Whether the state is lost, and waits for a snapshot of others. */
    boolean isWithoutState();

    /** Whether the replica's disk lost something that it may have voted or acknowledged: then it does not vote yet. */
    boolean hasForgotten();

    /** The longest command that may be proposed. */
    int commandBytesMax();

    /** Where the configuration in force is in the log; 0 if there is none. */
    long configurationIndex();

    /** A hash of all applied entries in order: equal on all replicas that have applied equally far. */
    long appliedDigest();

    /** The term of the last vote that left this node, given to itself or to another; 0 for none. */
    long toldVoteTerm();

    /** For whom that vote was; null for none. */
    NodeId toldVote();

    /** How many pre-votes this replica has granted. */
    long preVotesGranted();

    /** Index of the last entry of the log that the last of them was granted to; 0 for none. */
    long preVoteLastIndex();

    /** Term of that entry; 0 for none. */
    long preVoteLastTerm();
}
