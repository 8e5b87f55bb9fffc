package io.orrery.server.rafttrace;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.Role;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import io.orrery.raft.log.LogView;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.InstallSnapshot;
import io.orrery.raft.message.RaftMessage;
import io.orrery.server.simulation.RaftReplicas;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.Loss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Watches the replicas of one Raft group and writes down what they do.
 *
 * <p>It looks at a replica whenever it hears of it: at a transition, a truncation, a message, the end of an event. What has changed
 * since is a step, or several in the order in which a replica takes them. So the state of a line is the replica's own at that
 * moment; only where two steps came without a sign between them (a recovery and a bootstrap, an append and a commit) the
 * state of the first is made of what is known.
 *
 * <p>For one run, in its thread.
 */
public final class RaftTracer implements Observer {
    private final Simulation sim;
    private final RaftReplicas replicas;
    private final EntryNumbers numbers = new EntryNumbers();
    private final Map<NodeId, WatchedReplica> watched = new HashMap<>();
    private final Map<Long, TraceMessage> underWay = new HashMap<>();
    private final List<TraceLine> lines = new ArrayList<>();
    private long event;
    private TraceMessage cause;
    private NodeId forgetful;

    /**
     * @param sim which it is to observe
     * @param replicas of the run
     */
    public RaftTracer(Simulation sim, RaftReplicas replicas) {
        this.sim = sim;
        this.replicas = replicas;
    }

    /**
     * The first replica that came back without all that it had been told was durable: its disk was wiped or damaged. The trace ends
     * before that start, which is no step of the specification. Null if there is none.
     */
    public NodeId forgetful() {
        return forgetful;
    }

    /** What was seen so far. */
    public List<TraceLine> lines() {
        return lines;
    }

    @Override
    public void onEvent(long number, NodeId node, NodeEvent.Kind kind, String subject, long message) {
        event = number;
        cause = null;
        TraceMessage delivered = message == 0 ? null : underWay.get(message);
        if (delivered == null || running(node) == null) {
            return;
        }
        look(node);
        cause = delivered;
        add(watched(node), Step.RECEIVE, 0, List.of(), delivered);
    }

    @Override
    public void onEventEnd(long number, NodeId node) {
        look(node);
        cause = null;
    }

    @Override
    public void onTransition(NodeId node, String scope, String what, String why) {
        RaftGroup group = what.equals("install-snapshot") ? running(node) : null;
        if (group != null) {
            onInstalled(watched(node), group);
        }
        look(node);
    }

    /** Of the marks only this one: others are reached while a role is half changed. */
    @Override
    public void onMark(NodeId node, Mark mark) {
        if (mark.equals(RaftMarks.CONFLICT_TRUNCATED)) {
            look(node);
        }
    }

    @Override
    public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
        if (channel.protocol() != RaftGroup.PROTOCOL || !(body instanceof RaftMessage raft)) {
            return;
        }
        look(from);
        List<TraceEntry> entries = raft instanceof AppendEntries append ? numbers.of(append.entries()) : List.of();
        RaftMessage kept = raft instanceof AppendEntries append ? append.kept() : raft;
        TraceMessage sent = new TraceMessage(message, from, to, kept, entries);
        underWay.put(message, sent);
        add(watched(from), Step.SEND, 0, List.of(), sent);
    }

    /** A damaged frame arrives, and is dropped before the protocol sees it. */
    @Override
    public void onLoss(long message, Loss why) {
        if (why == Loss.CORRUPT) {
            underWay.remove(message);
        }
    }

    @Override
    public void onLife(NodeId node, Life change) {
        if (change == Life.CRASH && !watched(node).isDown()) {
            watched(node).down();
            cause = null;
            add(watched(node), Step.CRASH, 0, List.of(), null);
        }
    }

    private WatchedReplica watched(NodeId node) {
        return watched.computeIfAbsent(node, WatchedReplica::new);
    }

    /** The node's replica if it is up and has recovered; else null. */
    private RaftGroup running(NodeId node) {
        RaftGroup group = sim.isUp(node) ? replicas.replica(node) : null;
        return group == null || !group.view().isRunning() ? null : group;
    }

    private void look(NodeId node) {
        RaftGroup group = running(node);
        if (group == null) {
            return;
        }
        WatchedReplica seen = watched(node);
        LogView log = group.view().log();
        if (seen.isDown()) {
            if (seen.wasHere && group.view().hasForgotten()) {
                forgetful = forgetful == null ? node : forgetful;
                return;
            }
            onRecovered(seen, group, log);
        }
        boolean reachedDisk = log.truncations() == seen.truncations
                && (log.durableIndex() != seen.state.durable()
                        || !isSame(log.durableHardState(), seen.state.durableHard()));
        if (reachedDisk) {
            seen.keeps(log.durableIndex(), log.durableHardState());
            add(seen, Step.DURABLE, 0, List.of(), null);
        }
        lookAtLog(seen, log);
        if (group.commitIndex() > seen.state.commit()) {
            seen.commits(group.commitIndex());
            add(seen, Step.COMMIT, group.commitIndex(), List.of(), null);
        }
        // A change of role is noted at once: what else is seen with it came before.
        lookAtRole(seen, group);
    }

    /** Of what a trace tells: whether a replica is counted on yet, it does not. */
    private static boolean isSame(HardState now, HardState before) {
        return now.term() == before.term() && Objects.equals(now.vote(), before.vote());
    }

    /** All that was recovered is durable; a first entry that is not was written since. What a snapshot stands for is committed. */
    private void onRecovered(WatchedReplica seen, RaftGroup group, LogView log) {
        boolean begins = log.durableIndex() == 0 && log.lastIndex() > 0;
        long last = begins ? 0 : log.lastIndex();
        HardState hard = log.durableHardState();
        boolean isOfLaterTerm = !begins && group.term() > hard.term();
        seen.restartsAt(log.snapshotIndex(), log.snapshotTerm());
        seen.append(entries(log, log.firstIndex(), last));
        seen.enters(Role.FOLLOWER, isOfLaterTerm ? group.term() : hard.term(), isOfLaterTerm ? null : hard.vote());
        seen.keeps(last, hard);
        seen.commits(group.commitIndex());
        seen.truncations = log.truncations();
        add(seen, Step.RECOVER, last, List.of(), null);
        if (begins) {
            Entry first = log.entry(1);
            seen.enters(Role.FOLLOWER, first.term(), null);
            seen.append(List.of(first));
            add(seen, Step.BOOTSTRAP, 1, List.of(numbers.of(first)), null);
        }
    }

    /** Either the log goes on behind the snapshot's end, or it begins there anew. */
    private void onInstalled(WatchedReplica seen, RaftGroup group) {
        LogView log = group.view().log();
        boolean isAnew = log.truncations() != seen.truncations;
        if (isAnew) {
            seen.truncations = log.truncations();
            seen.restartsAt(log.snapshotIndex(), log.snapshotTerm());
            seen.keeps(log.durableIndex(), seen.state.durableHard());
        }
        if (isAnew || group.commitIndex() > seen.state.commit()) {
            seen.commits(group.commitIndex());
            seen.matched = Math.max(seen.matched, group.commitIndex());
            add(seen, Step.INSTALL, group.commitIndex(), List.of(), null);
        }
    }

    private void lookAtRole(WatchedReplica seen, RaftGroup group) {
        ReplicaState before = seen.state;
        NodeId vote = group.view().vote();
        if (group.role() == before.role() && group.term() == before.term()) {
            if (vote != null && !vote.equals(before.vote())) {
                seen.enters(before.role(), before.term(), vote);
                add(seen, Step.VOTE, 0, List.of(), null);
            }
            return;
        }
        seen.enters(group.role(), group.term(), vote);
        add(seen, stepInto(group.role()), 0, List.of(), null);
    }

    private static Step stepInto(Role role) {
        return switch (role) {
            case FOLLOWER -> Step.BECOME_FOLLOWER;
            case PRE_CANDIDATE -> Step.BECOME_PRE_CANDIDATE;
            case CANDIDATE -> Step.BECOME_CANDIDATE;
            case LEADER -> Step.BECOME_LEADER;
        };
    }

    private void lookAtLog(WatchedReplica seen, LogView log) {
        if (log.truncations() != seen.truncations) {
            seen.truncations = log.truncations();
            long from = seen.firstDifference(log);
            seen.cutFrom(from);
            add(seen, Step.TRUNCATE, from, List.of(), null);
        }
        long from = seen.state.last() + 1;
        if (log.lastIndex() >= from && seen.state.role() == Role.LEADER) {
            for (Entry made : entries(log, from, log.lastIndex())) {
                seen.append(List.of(made));
                add(seen, Step.APPEND, made.index(), List.of(numbers.of(made)), null);
            }
        } else if (log.lastIndex() >= from) {
            List<Entry> added = entries(log, from, log.lastIndex());
            seen.append(added);
            seen.matched = Math.max(seen.matched, matches(log, seen));
            add(seen, Step.APPEND, from, numbers.of(added), null);
        } else if (seen.state.role() == Role.FOLLOWER && matches(log, seen) > seen.matched) {
            seen.matched = matches(log, seen);
            add(seen, Step.MATCH, seen.matched, List.of(), null);
        }
        if (log.snapshotIndex() > seen.base) {
            seen.compacts(log);
            add(seen, Step.COMPACT, seen.base, List.of(), null);
        }
    }

    /** Up to where the message that is delivered shows the log to be the leader's; 0 if it does not. */
    private long matches(LogView log, WatchedReplica seen) {
        if (cause == null || cause.body().term() != seen.state.term()) {
            return 0;
        }
        if (cause.body() instanceof InstallSnapshot install) {
            long index = install.snapshot().index();
            boolean isKnown = index <= seen.state.commit()
                    || holds(log, index, install.snapshot().term());
            return isKnown ? index : 0;
        }
        return cause.body() instanceof AppendEntries append && holds(log, append) ? append.lastIndex() : 0;
    }

    private static boolean holds(LogView log, AppendEntries append) {
        boolean holds = holds(log, append.prevIndex(), append.prevTerm());
        for (Entry entry : append.entries()) {
            holds &= holds(log, entry.index(), entry.term());
        }
        return holds;
    }

    private static boolean holds(LogView log, long index, long term) {
        return index < log.snapshotIndex() || index <= log.lastIndex() && log.term(index) == term;
    }

    private static List<Entry> entries(LogView log, long from, long to) {
        List<Entry> entries = new ArrayList<>();
        for (long index = from; index <= to; index++) {
            entries.add(log.entry(index));
        }
        return entries;
    }

    private void add(WatchedReplica seen, Step step, long index, List<TraceEntry> entries, TraceMessage message) {
        if (forgetful != null) {
            return;
        }
        TraceMessage why = step == Step.RECEIVE ? null : cause;
        lines.add(new TraceLine(
                lines.size() + 1L, event, sim.nowNanos(), seen.node, step, why, index, entries, message, seen.state));
    }
}
