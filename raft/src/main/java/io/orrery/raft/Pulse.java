package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Timer;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.beat.Beat;
import io.orrery.raft.log.Ahead;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.progress.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * When a group's leader speaks though it has nothing to say, and when a group falls silent.
 *
 * <p>A leader of which every member has everything, committed, and of which nobody has wanted anything for a while, says so in
 * one last heartbeat and sleeps. A follower that indeed has all of it sleeps too. From then on the group has no timers, and
 * its followers go by whether the leader's <em>node</em> lives, as its {@link Heart} hears. Whatever happens wakes a
 * replica: a proposal or read, a message, the other node's silence or restart, a difference in what the nodes know.
 *
 * <ul>
 *   <li>P1: who sleeps has no timer of its role armed; who wakes arms them as if the other had been heard when its node was.
 *   <li>P2: a replica sleeps in one role and one term; entering another wakes it.
 *   <li>P3: a follower sleeps only with all that its leader has, durable and committed.
 * </ul>
 */
final class Pulse implements Ahead.Near {
    /** For so many beats nobody has wanted anything before a group sleeps. */
    static final int QUIET_BEATS = 5;

    private final Roles roles;
    private final Replica replica;
    private final Heart heart;
    private final Timer timer;
    private final Timer electionTimer;
    private final Timer quorumTimer;
    private final Runnable beat;
    private final long group;
    private int quietBeats;
    private long seenActivity;
    private boolean asleep;
    private boolean fallsAsleep;
    private NodeId sleepsUnder;
    private long sleepTerm;
    private List<NodeId> others = List.of();

    /**
     * @param heart the node's; null on a node of one group, which speaks by its own timer and never sleeps
     * @param beat lets the leader speak
     */
    Pulse(Roles roles, Replica replica, Heart heart, Timer electionTimer, Timer quorumTimer, Runnable beat) {
        this.roles = roles;
        this.replica = replica;
        this.heart = heart;
        this.electionTimer = electionTimer;
        this.quorumTimer = quorumTimer;
        this.beat = beat;
        this.group = replica.config.group();
        this.timer = heart == null ? replica.kernel.timer("heartbeat", beat) : null;
        if (heart != null) {
            heart.add(group, this);
        }
    }

    // ---- Of a leader

    /** This replica leads from now on. */
    void start() {
        quietBeats = 0;
        quorumTimer.restart(replica.config.timing().electionNanos());
        if (heart == null) {
            timer.restart(replica.config.timing().heartbeatNanos());
        } else {
            heart.beatFor(group, this);
        }
    }

    /** The leader has spoken. */
    void onBeaten() {
        if (heart == null) {
            timer.restart(replica.config.timing().heartbeatNanos());
        }
    }

    /** The role is over (P2). */
    void stop() {
        quorumTimer.cancel();
        if (heart == null) {
            timer.cancel();
            return;
        }
        heart.stopBeatingFor(group);
        if (asleep) {
            leaveSleep();
        }
    }

    /** With the node's heartbeat, while this replica leads and is awake. */
    void onBeatDue() {
        Check.that(!asleep && roles.leadership() != null, "P1: who beats leads and is awake");
        fallsAsleep = isQuiet(roles.leadership());
        beat.run();
        boolean isSilentNow = fallsAsleep && roles.leadership() != null;
        fallsAsleep = false;
        if (isSilentNow) {
            fallAsleepAsLeader(roles.leadership());
        }
    }

    private boolean isQuiet(Leadership leadership) {
        long activity = replica.log.lastIndex() + replica.counters.leaseReads + replica.counters.readRounds;
        boolean isIdle = activity == seenActivity && replica.config.sleeps() && isSettled(leadership);
        seenActivity = activity;
        quietBeats = isIdle && haveAllEverything(leadership) ? quietBeats + 1 : 0;
        return quietBeats >= QUIET_BEATS;
    }

    private boolean isSettled(Leadership leadership) {
        return leadership.isSettled()
                && leadership.hasCommittedInTerm()
                && !leadership.transfer().isUnderWay()
                && roles.reads().waitingCount() == 0
                && !replica.wal.isFull();
    }

    private boolean haveAllEverything(Leadership leadership) {
        long last = replica.log.lastIndex();
        if (replica.commitIndex() < last || replica.appliedIndex() < last || replica.acknowledgeable() < last) {
            return false;
        }
        for (Peer peer : leadership.peers()) {
            if (!isCaughtUp(peer.progress, last) || !maySleep(peer)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the peer has everything, and is known to. */
    private static boolean isCaughtUp(Progress progress, long last) {
        return progress.state() == Progress.State.REPLICATE
                && progress.match() == last
                && progress.commitSent() == last;
    }

    /** Whether the leader has nothing to do for the peer or to expect from it, and its node lives. */
    private boolean maySleep(Peer peer) {
        boolean isBetterLeader = peer.priority >= replica.config.priority() + Transfer.CLEARLY;
        return peer.removedAt == 0 && peer.catchUp == null && !isBetterLeader && heart.isAlive(peer.node);
    }

    private void fallAsleepAsLeader(Leadership leadership) {
        others = new ArrayList<>();
        leadership.peers().forEach(peer -> others.add(peer.node));
        heart.stopBeatingFor(group);
        heart.onAsleepAsLeader(group, replica.term(), others, this);
        quorumTimer.cancel();
        fallAsleep("as leader");
        replica.reached(PulseMarks.FELL_SILENT);
    }

    private void fallAsleep(String how) {
        Check.that(!asleep, "a replica falls asleep when it is awake");
        asleep = true;
        sleepTerm = replica.term();
        replica.note("fall-asleep", how + " term=" + sleepTerm + " last=" + replica.log.lastIndex());
    }

    // ---- Of a follower

    /** A leader's heartbeat, with those of other groups. */
    void onBeat(NodeId from, Beat message) {
        replica.receive(from, message.append());
        if (!message.sleeps()) {
            return;
        }
        if (replica.isRunning() && maySleepUnder(from, message.append())) {
            sleepsUnder = from;
            heart.onAsleepUnder(from, group, replica.term(), this);
            electionTimer.cancel();
            fallAsleep("under " + from);
        } else {
            replica.reached(PulseMarks.SLEEP_REFUSED);
            heart.oweWake(from, group);
        }
    }

    /** P3. */
    private boolean maySleepUnder(NodeId from, AppendEntries last) {
        boolean follows =
                roles.following() != null && from.equals(roles.following().leader());
        return follows
                && replica.config.sleeps()
                && last.term() == replica.term()
                && hasEverything(last.prevIndex())
                && replica.isTermDurable()
                && !replica.isWithoutState()
                && !replica.hasForgotten()
                && !roles.following().isNeeded()
                && roles.reads().waitingCount() == 0;
    }

    private boolean hasEverything(long last) {
        return replica.log.lastIndex() == last && replica.commitIndex() == last && replica.acknowledgeable() == last;
    }

    void onParcel(NodeId from, AppendEntries append) {
        replica.receive(from, append);
    }

    void onAnswer(NodeId from, AppendAck answer) {
        replica.receive(from, answer);
    }

    // ---- Waking

    boolean isAsleep() {
        return asleep;
    }

    boolean isAsleepAsLeader() {
        return asleep && sleepsUnder == null;
    }

    /** Before any message of a peer is handled: all but late answers wake. */
    void onMessage(NodeId from, RaftMessage message) {
        if (!asleep || isAsleepAsLeader() && isLateAnswer(message)) {
            return;
        }
        NodeId leader = sleepsUnder;
        wake(PulseMarks.WOKEN_BY_MESSAGE);
        if (leader != null && !leader.equals(from)) {
            heart.oweWake(leader, group);
        }
    }

    private boolean isLateAnswer(RaftMessage message) {
        return message instanceof AppendAck ack
                && ack.term() == replica.term()
                && ack.durableIndex() == replica.log.lastIndex();
    }

    /** Perhaps somebody wants something of the leader. */
    void onDemand() {
        if (asleep && isWanted()) {
            wake(PulseMarks.WOKEN_BY_DEMAND);
        }
    }

    private boolean isWanted() {
        return replica.log.lastIndex() > replica.commitIndex()
                || roles.reads().waitingCount() > 0
                || roles.leadership() != null && roles.leadership().transfer().isUnderWay();
    }

    /** Goes on as if it had not slept; does nothing if it does not. */
    void wake(Mark mark) {
        if (!asleep) {
            return;
        }
        NodeId leader = sleepsUnder;
        leaveSleep();
        replica.reached(mark);
        replica.note("wake", mark.name());
        if (leader == null) {
            roles.leadership().onWoken(heart);
            start();
        } else {
            roles.following().onNodeHeard(heart.heardNanos(leader));
            roles.restartElectionTimer();
        }
    }

    /**
     * The node of the leader under which this replica sleeps has been silent for an election timeout. As many groups may lose
     * their leader at once, and the candidates of a group are not to meet, each voter waits for its turn, another one in each
     * group: all campaigns begin within half an election timeout and a heartbeat.
     */
    void onLeaderDead() {
        Check.that(asleep && sleepsUnder != null, "P2: who lost its leader slept under it");
        NodeId dead = sleepsUnder;
        wake(PulseMarks.WOKEN_BY_DEAD_NODE);
        if (!electionTimer.isArmed()) {
            return;
        }
        List<NodeId> voters = new ArrayList<>(replica.configuration().electorate());
        voters.remove(dead);
        int count = Math.max(1, voters.size());
        long turn = Math.floorMod(voters.indexOf(replica.self()) + group, (long) count);
        long length = Math.max(1, replica.config.timing().electionNanos() / (2L * count));
        long delay = replica.config.timing().heartbeatNanos() + turn * length;
        electionTimer.restart(delay + replica.kernel.prng().below(length));
    }

    private void leaveSleep() {
        asleep = false;
        if (sleepsUnder == null) {
            heart.onAwakeAsLeader(group, sleepTerm, others);
        } else {
            heart.onAwakeUnder(sleepsUnder, group, sleepTerm);
        }
        sleepsUnder = null;
        others = List.of();
    }

    // ---- Sending

    /** The task is an event of its own, or one with those of other groups. */
    void defer(Ahead.Task task) {
        if (heart == null) {
            replica.kernel.defer(task);
        } else {
            heart.defer(task);
        }
    }

    /** The leader sends what it has in a later event, perhaps when others do. */
    void replicate(Ahead.Task task) {
        if (heart == null) {
            replica.kernel.defer(task);
        } else {
            heart.pace.add(task);
        }
    }

    /** More of what this node wrote is durable. */
    void onDurable() {
        if (heart != null) {
            heart.pace.onDurable();
        }
    }

    /** Whether the message goes with those of other groups. */
    boolean maybeTake(NodeId to, RaftMessage message) {
        return heart != null && heart.maybeTake(group, to, message, fallsAsleep);
    }

    /** Whether a peer that was sent entries since the last heartbeat needs none. */
    boolean sparesBeats() {
        return heart != null && !fallsAsleep;
    }

    /** Whether the node has many groups, and one heart for them. */
    boolean isOneOfMany() {
        return heart != null;
    }

    @Override
    public long look() {
        return Glance.at(roles);
    }

    /** Whether this replica campaigns if it hears nothing. */
    boolean isElectionArmed() {
        return electionTimer.isArmed();
    }

    void checkInvariants() {
        if (!asleep) {
            return;
        }
        Check.that(!electionTimer.isArmed(), "P1: who sleeps has no timer armed");
        Check.that(!quorumTimer.isArmed(), "P1: who sleeps has no timer armed");
        Check.that(sleepTerm == replica.term(), "P2: a replica sleeps in one term", sleepTerm, replica.term());
        boolean isLeader = roles.leadership() != null;
        Check.that(isLeader == (sleepsUnder == null), "P2: a replica sleeps in one role");
        long last = replica.log.lastIndex();
        Check.that(replica.commitIndex() == last, "P3: who sleeps has all of it committed", last);
        Check.that(replica.acknowledgeable() == last, "P3: who sleeps has all of it durable", last);
    }
}
