package io.orrery.raft;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Timer;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.beat.Beat;
import io.orrery.raft.beat.BeatAnswer;
import io.orrery.raft.beat.Beats;
import io.orrery.raft.beat.BeatsCodec;
import io.orrery.raft.beat.Parcel;
import io.orrery.raft.log.Ahead;
import io.orrery.raft.log.Wal;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.RaftMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A node's heartbeat, for all its groups: one timer, and one message for each other node and interval. It carries what the
 * leaders of groups have to say beside data, is answered alike, and by coming at all says that this node lives: that takes the
 * place of election timers in groups that sleep (see {@link Pulse}).
 *
 * <ul>
 *   <li>H1: nothing here is needed for safety. A beat is an {@link AppendEntries} without entries, a parcel one with a few,
 *       taken as if it had come by itself; whether a group sleeps decides only who runs timers.
 *   <li>H2: a node that was not heard here within an election timeout is told nothing by this way, except that this node lives:
 *       it may run an earlier release, which drops such frames. Its groups speak for themselves.
 *   <li>H3: two nodes compare, with every message, the sum of what sleeps under the one with the other as a member. Where
 *       that differs for an election timeout, all of it wakes: a message that was lost, or a leader that is none any more,
 *       leaves no group asleep for ever.
 * </ul>
 */
final class Heart {
    static final int PROTOCOL = 8;

    /** Beats and answers in one message; more follow in the next. */
    private static final int MESSAGE_MAX = 8192;

    /** Bytes of entries that go with those of other groups; more go by themselves. */
    private static final int PARCEL_BYTES_MAX = 32 * 1024;

    /** Bytes of entries in one message; more follow in the next. */
    private static final int PARCELS_BYTES_MAX = 512 * 1024;

    private static final int NEIGHBOURS_MAX = 4096;

    /** Election timeouts after which a node is forgotten that nobody needs. */
    private static final int FORGET_AFTER = 10;

    private final Kernel kernel;
    private final Wal wal;
    private final RaftConfig.Timing timing;
    private final Port<Beats> port;
    private final Timer timer;

    /** When the leaders here send entries. */
    final Pace pace;

    private final long incarnation;
    private final TreeMap<Long, Pulse> groups = new TreeMap<>();
    private final PulseTable table = new PulseTable();
    private final TreeMap<Long, Pulse> beating = new TreeMap<>();
    private final TreeMap<NodeId, Neighbour> neighbours = new TreeMap<>();
    private final Runnable flushing = this::flushAll;
    private final Runnable deferring = this::runDeferred;
    private List<Ahead.Task> deferred = new ArrayList<>();
    private List<Ahead.Task> running = new ArrayList<>();
    /** The groups that a message speaks of, while it is read; null for one that is not here. */
    private final List<Pulse> addressed = new ArrayList<>();

    private final Ahead ahead = new Ahead();
    private boolean gathers;
    private boolean flushQueued;
    private long sent;

    Heart(Kernel kernel, Wal wal, RaftConfig.Timing timing, int many) {
        this.kernel = kernel;
        this.wal = wal;
        this.timing = timing;
        this.pace = new Pace(kernel, wal, many);
        this.incarnation = kernel.prng().nextLong();
        this.timer = kernel.timer("heart", this::onDue);
        Channel channel = new Channel(PROTOCOL, 0, Delivery.STREAM);
        this.port = kernel.open(channel, BeatsCodec.INSTANCE, this::onBeats);
    }

    void start() {
        timer.restart(timing.heartbeatNanos());
    }

    void add(long group, Pulse pulse) {
        groups.put(group, pulse);
        table.put(group, pulse);
    }

    /** The group is led here and awake. */
    void beatFor(long group, Pulse pulse) {
        beating.put(group, pulse);
    }

    void stopBeatingFor(long group) {
        beating.remove(group);
    }

    /** Runs the task in the next event of this node, as {@link Kernel#defer} does, with those of all other groups. */
    void defer(Ahead.Task task) {
        deferred.add(task);
        if (deferred.size() == 1) {
            kernel.defer(deferring);
        }
    }

    private void runDeferred() {
        List<Ahead.Task> due = deferred;
        deferred = running;
        running = due;
        ahead.runAll(due);
        due.clear();
    }

    /** Messages that left this node so. */
    long sent() {
        return sent;
    }

    // ---- Once in an interval

    private void onDue() {
        timer.restart(timing.heartbeatNanos());
        wakeForSilence();
        if (wal.isFull() || wal.silentNanos() >= timing.electionNanos()) {
            neighbours.values().forEach(neighbour -> wake(neighbour.led, PulseMarks.WOKEN_BY_DISK));
        }
        gathers = true;
        for (Pulse pulse : List.copyOf(beating.values())) {
            pulse.onBeatDue();
        }
        gathers = false;
        long now = kernel.nowNanos();
        neighbours.values().removeIf(each -> each.isForgettable(FORGET_AFTER * timing.electionNanos(), now));
        neighbours.values().forEach(this::flush);
    }

    private void wakeForSilence() {
        for (Neighbour neighbour : neighbours.values()) {
            if (!isAlive(neighbour)) {
                wake(neighbour.led, PulseMarks.WOKEN_BY_SILENT_MEMBER);
                for (Pulse pulse : List.copyOf(neighbour.followed.values())) {
                    pulse.onLeaderDead();
                }
            }
        }
    }

    private static void wake(TreeMap<Long, Pulse> asleep, Mark mark) {
        for (Pulse pulse : List.copyOf(asleep.values())) {
            pulse.wake(mark);
        }
    }

    private boolean isAlive(Neighbour neighbour) {
        return neighbour.isHeardWithin(timing.electionNanos(), kernel.nowNanos());
    }

    // ---- What goes out

    /**
     * Whether the message goes with those of other groups: of this event, or of all that is due now. So do a few entries, but not
     * many, which go by themselves, as does all else.
     *
     * @param sleeps whether the leader sleeps from now on
     */
    boolean maybeTake(long group, NodeId to, RaftMessage message, boolean sleeps) {
        boolean mayWait = message instanceof AppendAck || message instanceof AppendEntries;
        if (!mayWait) {
            return false;
        }
        Neighbour neighbour = neighbour(to);
        if (neighbour == null || !isAlive(neighbour)) {
            kernel.trace().reached(PulseMarks.BEAT_ALONE);
            return false;
        }
        if (message instanceof AppendEntries append && append.entries().isEmpty()) {
            neighbour.add(new Beat(group, append, sleeps));
        } else if (message instanceof AppendAck ack) {
            neighbour.add(new BeatAnswer(group, ack));
        } else if (!(message instanceof AppendEntries append) || !maybePack(neighbour, group, append)) {
            return false;
        }
        if (neighbour.waiting() >= MESSAGE_MAX || neighbour.parcelBytes() >= PARCELS_BYTES_MAX) {
            flush(neighbour);
        } else if (!gathers && !flushQueued) {
            flushQueued = true;
            kernel.defer(flushing);
        }
        return true;
    }

    /** Whether these are few entries, and the other reads them so. */
    private boolean maybePack(Neighbour neighbour, long group, AppendEntries append) {
        long bytes = append.entries().sizeBytes();
        if (bytes > PARCEL_BYTES_MAX || port.version(neighbour.node) < BeatsCodec.PARCELS_SINCE) {
            return false;
        }
        neighbour.add(new Parcel(group, append.kept()), bytes);
        return true;
    }

    /** The node that may lead the group is to wake it, told with the next message. */
    void oweWake(NodeId leader, long group) {
        Neighbour neighbour = neighbour(leader);
        if (neighbour != null) {
            neighbour.addWake(group);
        }
    }

    private void flushAll() {
        flushQueued = false;
        for (Neighbour neighbour : neighbours.values()) {
            if (neighbour.hasSomethingToSay()) {
                flush(neighbour);
            }
        }
    }

    private void flush(Neighbour neighbour) {
        sent++;
        // Whether it is lost is known to nobody in time; the next one says again what matters.
        boolean unused = port.send(neighbour.node, neighbour.take(incarnation));
    }

    private Neighbour neighbour(NodeId node) {
        Neighbour known = neighbours.get(node);
        if (known == null && neighbours.size() < NEIGHBOURS_MAX) {
            known = new Neighbour(node, kernel.nowNanos());
            neighbours.put(node, known);
        }
        if (known != null) {
            known.onWanted(kernel.nowNanos());
        }
        return known;
    }

    // ---- What comes in

    private void onBeats(NodeId from, Beats message) {
        Neighbour neighbour = neighbour(from);
        if (neighbour == null) {
            return;
        }
        if (neighbour.maybeRestarted(message, kernel.nowNanos())) {
            wake(neighbour.led, PulseMarks.WOKEN_BY_RESTART);
            wake(neighbour.followed, PulseMarks.WOKEN_BY_RESTART);
        }
        if (message.wakesAll()) {
            wake(neighbour.led, PulseMarks.WOKEN_BY_DIFFERENCE);
        }
        gathers = true;
        onParcels(from, message.parcels());
        message.beats().forEach(beat -> onBeat(from, beat));
        onAnswers(from, message.answers());
        message.wakes().forEach(this::onWakeAsked);
        gathers = false;
        if (neighbour.maybeDiffer(message.sleeping(), timing.electionNanos(), kernel.nowNanos())) {
            wake(neighbour.followed, PulseMarks.WOKEN_BY_DIFFERENCE);
            neighbour.owesWakeAll = true;
        }
        if (neighbour.hasSomethingToSay()) {
            flush(neighbour);
        }
    }

    private void onParcels(NodeId from, List<Parcel> parcels) {
        for (int i = 0; i < parcels.size(); i++) {
            addressed.add(table.of(parcels.get(i).group()));
        }
        for (int i = 0; i < parcels.size(); i++) {
            ahead.approach(addressed, i);
            Pulse pulse = addressed.get(i);
            if (pulse != null) {
                pulse.onParcel(from, parcels.get(i).append());
            }
        }
        addressed.clear();
    }

    private void onBeat(NodeId from, Beat beat) {
        Pulse pulse = table.of(beat.group());
        if (pulse != null) {
            pulse.onBeat(from, beat);
        }
    }

    private void onAnswers(NodeId from, List<BeatAnswer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            addressed.add(table.of(answers.get(i).group()));
        }
        for (int i = 0; i < answers.size(); i++) {
            ahead.approach(addressed, i);
            Pulse pulse = addressed.get(i);
            if (pulse != null) {
                pulse.onAnswer(from, answers.get(i).ack());
            }
        }
        addressed.clear();
    }

    private void onWakeAsked(long group) {
        Pulse pulse = table.of(group);
        if (pulse != null && pulse.isAsleepAsLeader()) {
            pulse.wake(PulseMarks.WOKEN_BY_FOLLOWER);
        }
    }

    // ---- What sleeps

    /** Whether the node was heard within an election timeout, and so speaks this way. */
    boolean isAlive(NodeId node) {
        Neighbour neighbour = neighbours.get(node);
        return neighbour != null && isAlive(neighbour);
    }

    /** When the node was heard last, by this node's clock; as if just started if it never was. */
    long heardNanos(NodeId node) {
        Neighbour neighbour = neighbours.get(node);
        return neighbour == null ? kernel.nowNanos() - timing.electionNanos() : neighbour.heardNanos();
    }

    void onAsleepAsLeader(long group, long term, List<NodeId> others, Pulse pulse) {
        others.forEach(other -> neighbour(other).addLed(group, term, pulse));
    }

    void onAwakeAsLeader(long group, long term, List<NodeId> others) {
        others.forEach(other -> neighbour(other).removeLed(group, term));
    }

    void onAsleepUnder(NodeId leader, long group, long term, Pulse pulse) {
        neighbour(leader).addFollowed(group, term, pulse);
    }

    void onAwakeUnder(NodeId leader, long group, long term) {
        neighbour(leader).removeFollowed(group, term);
    }

    /** Groups that are led here and asleep, or follow and are asleep. */
    int asleep() {
        int count = 0;
        for (Pulse pulse : new ArrayList<>(groups.values())) {
            count += pulse.isAsleep() ? 1 : 0;
        }
        return count;
    }
}
