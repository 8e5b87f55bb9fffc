package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.read.ReadKind;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads beside the log, by every kind, on nodes of every role: followers, learners, nodes that were removed, leaders that are
 * deposed and do not know it. In the end each member must answer one of each kind.
 */
final class RaftReads {
    /** From this release of formats on a node takes part in rounds of reads. */
    private static final int FORMATS_MIN = 3;

    /** Numbers of the last reads begin here: no operation has one of them. */
    private static final long FIRST_NUMBER = 2_000_000_000L;

    private static final long RETRY_NANOS = Time.seconds(1);
    private static final int LEADERS_PPM = 600_000;
    private static final int BURST_PPM = 50_000;
    private static final int BURST_MAX = 8;
    private static final int TRAPS_PPM = 200_000;
    private static final int TRAPS_MAX = 6;
    private static final int WRITES_PPM = 300_000;
    /** Two nodes led at one time: a write went to the later one, and reads to the other. */
    static final Mark TRAP = new Mark("workload.two-leaders-asked");

    private static final ReadKind[] KINDS = ReadKind.values();

    /**
     * An operation that waits for two nodes to lead.
     *
     * @param writes whether it begins with a write on the later one, and reads on the other when that is acknowledged; else it
     *     waits until the later one has committed more than the other knows, and reads there at once
     */
    private record Trap(long number, Prng luck, boolean writes) {}

    /** Asks for a read whose end goes into the history. */
    interface Client {
        void read(long number, Prng luck, NodeId target, ReadKind kind);

        boolean isAnswered(long number);

        /** Writes, and as soon as that is acknowledged reads the same key elsewhere, by each kind. */
        void writeThenRead(long number, Prng luck, NodeId target, List<NodeId> readers);
    }

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final Client client;
    private final TreeMap<String, Last> last = new TreeMap<>();
    private final ArrayDeque<Trap> traps = new ArrayDeque<>();
    private long numbers;

    /** The last read of one kind on one node. */
    private static final class Last {
        private long number = -1;
        private long askedNanos;
        private boolean answered;
    }

    RaftReads(Simulation sim, Function<NodeId, RaftGroup> groups, Client client) {
        this.sim = sim;
        this.groups = groups;
        this.client = client;
    }

    /** Mostly on one who believes to lead: where it is wrong, a stale answer would be seen. */
    void operate(long number, Prng luck) {
        if (luck.chance(TRAPS_PPM)) {
            if (traps.size() < TRAPS_MAX) {
                traps.addLast(new Trap(number, luck, luck.chance(WRITES_PPM)));
            }
            return;
        }
        List<NodeId> up = new ArrayList<>();
        List<NodeId> leaders = new ArrayList<>();
        for (NodeId node : sim.nodes()) {
            if (sim.isUp(node)) {
                up.add(node);
                if (groups.apply(node).isLeader()) {
                    leaders.add(node);
                }
            }
        }
        boolean ofLeader = luck.chance(LEADERS_PPM);
        int choice = luck.below(1_000_000);
        ReadKind kind = KINDS[luck.below(KINDS.length)];
        int burst = luck.chance(BURST_PPM) ? 1 + luck.below(BURST_MAX) : 1;
        List<NodeId> from = ofLeader && !leaders.isEmpty() ? leaders : up;
        for (int i = 0; i < burst && !from.isEmpty(); i++) {
            client.read(number, luck, from.get(choice % from.size()), kind);
        }
    }

    /** After each event of a node: where two lead, the next trap is sprung. */
    void onEvent(NodeId node) {
        if (traps.isEmpty() || !groups.apply(node).isLeader()) {
            return;
        }
        List<NodeId> deposed = new ArrayList<>();
        for (NodeId other : sim.nodes()) {
            boolean leads = sim.isUp(other) && groups.apply(other).isLeader();
            if (leads && groups.apply(other).term() < groups.apply(node).term()) {
                deposed.add(other);
            }
        }
        if (!deposed.isEmpty()) {
            spring(node, deposed);
        }
    }

    private void spring(NodeId leader, List<NodeId> deposed) {
        Trap trap = traps.peekFirst();
        if (trap.writes) {
            traps.removeFirst();
            sim.reached(TRAP);
            sim.after(0, () -> client.writeThenRead(trap.number, trap.luck, leader, deposed));
            return;
        }
        for (NodeId other : deposed) {
            if (groups.apply(leader).commitIndex() > groups.apply(other).commitIndex() && traps.peekFirst() == trap) {
                traps.removeFirst();
                sim.reached(TRAP);
                sim.after(0, () -> readByEach(trap, other));
            }
        }
    }

    private void readByEach(Trap trap, NodeId on) {
        for (ReadKind kind : KINDS) {
            client.read(trap.number, trap.luck, on, kind);
        }
    }

    /** What keeps the members from answering a read of each kind; null if all have. */
    Stall stall(List<NodeId> members) {
        Stall waits = null;
        for (NodeId node : members) {
            // A node of an earlier release answers no round: with too many of them there are no reads.
            if (sim.releases().formatsMax(node) < FORMATS_MIN) {
                return null;
            }
        }
        for (NodeId node : members) {
            for (ReadKind kind : KINDS) {
                if (!isAnswered(node, kind) && waits == null) {
                    waits = Stall.of(node, "waits for the answer to a read by " + kind);
                }
            }
        }
        return waits;
    }

    private boolean isAnswered(NodeId node, ReadKind kind) {
        Last read = last.computeIfAbsent(node + " " + kind, key -> new Last());
        if (read.answered || read.number >= 0 && client.isAnswered(read.number)) {
            read.answered = true;
            return true;
        }
        if (read.number < 0 || sim.nowNanos() - read.askedNanos >= RETRY_NANOS) {
            read.number = FIRST_NUMBER + numbers++;
            read.askedNanos = sim.nowNanos();
            client.read(read.number, new Prng(read.number), node, kind);
        }
        return false;
    }
}
