package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.snapshot.SnapshotConfig;

/**
 * How a group runs on this node.
 *
 * @param group the group's id; the same on all its replicas, unique among the groups of a write-ahead log
 * @param initial the members that the group starts with: given, in the same words, to each of them at its first start
 *     and without meaning afterwards. Empty on a node that joins later: it waits until a leader contacts it. Two nodes
 *     that start one group with different lists make two groups that corrupt each other.
 * @param priority how willing this node leads, from 0 to {@link #PRIORITY_MAX}, the default. A low one waits longer before it
 *     campaigns, at most an election timeout longer if it followed a leader, so others come first and yet an election never waits for them; and as leader it
 *     hands over to a voter whose priority is higher by 10 or more, when that has all that is committed.
 * @param sleeps whether the group may fall silent when nothing happens in it, on a node of {@link Groups}; to be the same on
 *     all its replicas. On by default; without it each group beats for ever, and its followers watch its own beats
 * @param firstBoot whether this node starts the group for the first time ever, as whoever runs it knows from elsewhere than
 *     from this disk. Only then an empty disk is a new one, and {@code initial} is written; else it is one that was lost, and
 *     the replica votes when it cannot contradict what was on it ({@link Memory}). Without meaning where the disk holds the
 *     group. By default it is where there are initial members, and is not on a node that joins. Said of a node that lost its disk, entries that were acknowledged may be lost. Not said of a new
 *     one, that waits until all voters have told their terms, or until it is seen that the group did not count on it; and a
 *     group of which all voters are new never begins
 */
public record RaftConfig(
        long group,
        Configuration initial,
        Timing timing,
        Limits limits,
        ReadConfig reads,
        SnapshotConfig snapshots,
        int priority,
        boolean sleeps,
        boolean firstBoot) {
    /** Of a node that may lead as well as any other. */
    public static final int PRIORITY_MAX = 100;

    public RaftConfig {
        Check.argument(priority >= 0 && priority <= PRIORITY_MAX, "a priority is from 0 to 100");
    }

    public RaftConfig(long group, Configuration initial, Timing timing, Limits limits) {
        this(
                group,
                initial,
                timing,
                limits,
                ReadConfig.DEFAULT,
                SnapshotConfig.DEFAULT,
                PRIORITY_MAX,
                true,
                !initial.isEmpty());
    }

    public static RaftConfig of(long group, Configuration initial) {
        return new RaftConfig(group, initial, Timing.DEFAULT, Limits.DEFAULT);
    }

    public RaftConfig with(Timing newTiming) {
        return new RaftConfig(group, initial, newTiming, limits, reads, snapshots, priority, sleeps, firstBoot);
    }

    public RaftConfig with(Limits newLimits) {
        return new RaftConfig(group, initial, timing, newLimits, reads, snapshots, priority, sleeps, firstBoot);
    }

    public RaftConfig with(ReadConfig newReads) {
        return new RaftConfig(group, initial, timing, limits, newReads, snapshots, priority, sleeps, firstBoot);
    }

    public RaftConfig with(SnapshotConfig newSnapshots) {
        return new RaftConfig(group, initial, timing, limits, reads, newSnapshots, priority, sleeps, firstBoot);
    }

    /** With another priority, from 0 to {@link #PRIORITY_MAX}. */
    public RaftConfig withPriority(int newPriority) {
        return new RaftConfig(group, initial, timing, limits, reads, snapshots, newPriority, sleeps, firstBoot);
    }

    /** Falling silent when nothing happens, or never. */
    public RaftConfig withSleep(boolean newSleeps) {
        return new RaftConfig(group, initial, timing, limits, reads, snapshots, priority, newSleeps, firstBoot);
    }

    /** Of a node that starts the group for the first time, or that did so before. */
    public RaftConfig withFirstBoot(boolean isFirst) {
        return new RaftConfig(group, initial, timing, limits, reads, snapshots, priority, sleeps, isFirst);
    }

    /** The least time without a leader after which this replica campaigns: up to twice as long for a low priority. */
    long leastElectionNanos() {
        return timing.electionNanos() + timing.electionNanos() / PRIORITY_MAX * (PRIORITY_MAX - priority);
    }

    /**
     * When a replica loses patience.
     *
     * @param electionNanos the least time without a leader after which a replica asks for votes; those that followed a
     *     leader do so within one and a half of these, others within two ({@link Patience}). Also the time within which a leader must hear from a majority, and for which a
     *     follower that hears from a leader refuses votes. Below ten round trips plus syncs, leaders fall for no
     *     reason.
     * @param heartbeatNanos how often an idle leader speaks; at most a third of electionNanos
     * @param gatherNanosMax for how long a proposal waits at most for others to come, so that one message and one sync serve
     *     them all ({@link Gathering}); 0 for not at all
     */
    public record Timing(long electionNanos, long heartbeatNanos, long gatherNanosMax) {
        public static final Timing DEFAULT = new Timing(Time.millis(1000), Time.millis(100), Time.millis(1));

        /** Of a leader that lets no proposal wait. */
        public Timing(long electionNanos, long heartbeatNanos) {
            this(electionNanos, heartbeatNanos, 0);
        }

        /** For a group whose proposals are so few that none has another to wait for. */
        public Timing withoutGathering() {
            return new Timing(electionNanos, heartbeatNanos);
        }

        public Timing {
            Check.argument(heartbeatNanos > 0, "a heartbeat interval is positive");
            Check.argument(gatherNanosMax >= 0, "a wait is not negative");
            Check.argument(electionNanos >= 3 * heartbeatNanos, "an election timeout is at least three heartbeats");
        }
    }

    /**
     * What a replica holds and sends at most.
     *
     * @param messageEntriesMax entries in one AppendEntries
     * @param messageBytesMax bytes of entries in one AppendEntries; one entry always fits. Large messages delay the
     *     heartbeats behind them.
     * @param inflightMessagesMax AppendEntries on their way to one peer. Few make larger batches and fewer wake-ups, many
     *     fill long links: bandwidth is at most inflightBytesMax per round trip and sync.
     * @param inflightBytesMax bytes of entries on their way to one peer
     * @param pendingProposalsMax proposals a leader has accepted and not yet answered; beyond it, OVERLOADED
     * @param pendingBytesMax bytes of those proposals; beyond it, OVERLOADED
     * @param commandBytesMax a longer command is refused as a mistake of the caller
     * @param applyEntriesMax entries applied in one event, so that no backlog stalls the node: a few microseconds each for a
     *     large state that is in no cache
     * @param catchUpEntriesMax entries that a learner may lag behind when it is promoted: until it has them, commits may
     *     wait for it
     */
    public record Limits(
            int messageEntriesMax,
            int messageBytesMax,
            int inflightMessagesMax,
            int inflightBytesMax,
            int pendingProposalsMax,
            int pendingBytesMax,
            int commandBytesMax,
            int applyEntriesMax,
            int catchUpEntriesMax) {
        private static final int MIB = 1024 * 1024;
        public static final Limits DEFAULT = new Limits(2048, MIB, 8, 8 * MIB, 65_536, 32 * MIB, MIB, 256, 1024);

        /** The same, with so many entries applied in one event. */
        public Limits withApply(int entries) {
            return new Limits(
                    messageEntriesMax,
                    messageBytesMax,
                    inflightMessagesMax,
                    inflightBytesMax,
                    pendingProposalsMax,
                    pendingBytesMax,
                    commandBytesMax,
                    entries,
                    catchUpEntriesMax);
        }

        public Limits {
            Check.argument(messageEntriesMax > 0, "a message holds at least one entry");
            Check.argument(messageBytesMax > 0 && messageBytesMax <= 8 * MIB, "a message fits a stream's frame");
            Check.argument(inflightMessagesMax > 0, "at least one message is in flight");
            Check.argument(inflightBytesMax >= messageBytesMax, "at least one message is in flight");
            Check.argument(pendingProposalsMax > 0, "at least one proposal is pending");
            Check.argument(commandBytesMax > 0 && commandBytesMax <= 4 * MIB, "a command fits a message");
            Check.argument(pendingBytesMax >= commandBytesMax, "at least one proposal is pending");
            Check.argument(applyEntriesMax > 0, "at least one entry is applied in an event");
            Check.argument(catchUpEntriesMax >= 0, "a lag is not negative");
        }
    }
}
