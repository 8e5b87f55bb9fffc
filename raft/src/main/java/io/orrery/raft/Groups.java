package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.StateMachine;
import io.orrery.raft.log.Wal;
import io.orrery.raft.rules.RaftRules;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Raft groups of one node, on its one write-ahead log. They share a heartbeat: one message for each other node and
 * interval speaks for all of them, and groups in which nothing happens fall silent. Groups do not know of each other.
 *
 * <p>Nodes of an earlier release take part: with them each group speaks for itself, and is never silent.
 *
 * <p>For the node's thread.
 */
public final class Groups implements Protocol {
    private final Kernel kernel;
    private final Wal wal;
    private final RaftConfig.Timing timing;
    private final Heart heart;
    private final TreeMap<Long, RaftGroup> groups = new TreeMap<>();
    private boolean started;

    /**
     * @param kernel a scope of their own
     * @param wal the node's; started by its owner
     * @param timing of all groups
     */
    public Groups(Kernel kernel, Wal wal, RaftConfig.Timing timing) {
        this(kernel, wal, timing, Pace.MANY);
    }

    /**
     * For a simulator, which has few groups.
     *
     * @param many from so many groups on that have something to send, they wait for the disk that is at work, 2 ms at most, and
     *     send more at a time; see {@link Pace}. Fewer make commits of few groups later while the disk is busy, more make
     *     those of many groups dearer
     */
    public Groups(Kernel kernel, Wal wal, RaftConfig.Timing timing, int many) {
        Check.argument(many >= 1, "many are some");
        this.kernel = kernel;
        this.wal = wal;
        this.timing = timing;
        this.heart = new Heart(kernel.scope("heart"), wal, timing, many);
    }

    /** Adds a group; it starts with the others, or now if they run. */
    public RaftGroup open(RaftConfig config, StateMachine machine) {
        return open(config, machine, RaftRules.PAPER);
    }

    /**
     * For tests that break a rule and want to see it noticed.
     *
     * @throws IllegalArgumentException if the node has a group of this id, or the timing differs from the others'
     */
    public RaftGroup open(RaftConfig config, StateMachine machine, RaftRules rules) {
        Check.argument(!groups.containsKey(config.group()), "a node has a group once");
        Check.argument(config.timing().equals(timing), "the groups of a node have one heartbeat");
        Kernel scope = kernel.scope("group-" + config.group());
        RaftGroup group = new RaftGroup(scope, config, wal, machine, rules, heart);
        groups.put(config.group(), group);
        if (started) {
            group.start();
        }
        return group;
    }

    @Override
    public void start() {
        started = true;
        heart.start();
        groups.values().forEach(RaftGroup::start);
    }

    /** Null if this node has no such group. */
    public RaftGroup group(long id) {
        return groups.get(id);
    }

    /** By their ids. */
    public SortedMap<Long, RaftGroup> all() {
        return Collections.unmodifiableSortedMap(groups);
    }

    /** How many of them are silent now. */
    public int asleep() {
        return heart.asleep();
    }

    /** Messages that spoke for all groups at once and left this node, since it started. */
    public long beatsSent() {
        return heart.sent();
    }

    @Override
    public void checkInvariants() {
        groups.values().forEach(RaftGroup::checkInvariants);
    }

    @Override
    public void describe(Description out) {
        groups.forEach((id, group) -> {
            out.begin("group-" + id);
            group.describe(out);
            out.value("asleep", group.isAsleep());
            out.end();
        });
    }
}
