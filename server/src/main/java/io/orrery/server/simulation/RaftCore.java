package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.PeerStatus;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.run.Core;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What Raft promises to a core of nodes: one of them comes to lead, all members among them apply all that it has, a new
 * write is acknowledged, and nobody deposes the leader: see {@link SteadyReign}.
 *
 * <p>The core suffices if it holds a majority of the voters, and of the outgoing ones, of each configuration that one of its
 * nodes has in force: any of them may win, and leads by its own. Who may have forgotten its vote does not count.
 */
final class RaftCore implements Core {
    /** Numbers of the writes begin here: no operation has one of them. */
    private static final long FIRST_NUMBER = 1_000_000_000L;

    private static final long RETRY_NANOS = Time.seconds(1);

    /** Asks for writes. */
    interface Client {
        /** Asks a node of the core for a write that has a number of its own. */
        void write(NodeId target, long number);

        boolean isAcknowledged(long number);
    }

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final Client client;
    private final SteadyReign reign;
    private int size;
    private long writes;
    private long askedNanos;
    private boolean isAcknowledged;

    RaftCore(Simulation sim, Function<NodeId, RaftGroup> groups, Client client, long electionNanos) {
        this.sim = sim;
        this.groups = groups;
        this.client = client;
        this.reign = new SteadyReign(sim, groups, electionNanos);
    }

    @Override
    public boolean suffices(List<NodeId> core) {
        List<NodeId> remembering = new ArrayList<>(core);
        for (NodeId node : core) {
            if (!sim.isUp(node) || !groups.apply(node).view().isRunning()) {
                return false;
            }
            if (groups.apply(node).view().hasForgotten()) {
                remembering.remove(node);
            }
        }
        for (NodeId node : core) {
            Configuration configuration = groups.apply(node).configuration();
            boolean decides = holdsMajority(remembering, configuration.voters())
                    && (!configuration.isJoint() || holdsMajority(remembering, configuration.outgoing()));
            if (!configuration.isEmpty() && !decides) {
                return false;
            }
        }
        return core.stream().allMatch(node -> canHaveState(node, core));
    }

    /** Whether its snapshot is not damaged, or another of the core can give it one. */
    private boolean canHaveState(NodeId node, List<NodeId> core) {
        long compacted = groups.apply(node).view().log().snapshotIndex();
        return !groups.apply(node).view().isWithoutState()
                || core.stream().anyMatch(other -> groups.apply(other).appliedIndex() >= compacted);
    }

    private static boolean holdsMajority(List<NodeId> core, List<NodeId> voters) {
        int held = 0;
        for (NodeId voter : voters) {
            held += core.contains(voter) ? 1 : 0;
        }
        return 2 * held > voters.size();
    }

    @Override
    public Stall stall(List<NodeId> core) {
        if (size != core.size()) {
            size = core.size();
            reign.restart();
        }
        Stall lag = lag(core);
        if (lag != null) {
            return lag;
        }
        Stall unanswered = isAcknowledged ? null : progress(core);
        return unanswered != null ? unanswered : reign.stall(core, leader(core));
    }

    /** A node of the core was restarted on purpose: whoever leads then has its time anew. */
    void restart() {
        reign.restart();
    }

    /** What keeps the nodes from having one leader and its log; null if nothing does. */
    Stall lag(List<NodeId> among) {
        NodeId leading = leader(among);
        RaftGroup leader = leading == null ? null : groups.apply(leading);
        List<Stall> behind = new ArrayList<>();
        for (NodeId node : among) {
            if (!sim.isUp(node)) {
                behind.add(Stall.of(node, "is down"));
            } else if (isBehind(node, leader)) {
                behind.add(Stall.of(node, waits(groups.apply(node))));
            }
        }
        if (leader == null) {
            return Stall.of("raft", "waits for a leader", behind);
        }
        return behind.isEmpty()
                ? null
                : Stall.of("raft", "waits for all to apply what " + leading + " has: " + waits(leader), behind);
    }

    /** What each of the nodes waits for. */
    List<Stall> waits(List<NodeId> among) {
        List<Stall> all = new ArrayList<>();
        for (NodeId node : among) {
            all.add(Stall.of(node, sim.isUp(node) ? waits(groups.apply(node)) : "is down"));
        }
        return all;
    }

    private boolean isBehind(NodeId node, RaftGroup leader) {
        return leader == null
                || leader.configuration().isMember(node) && groups.apply(node).appliedIndex() != leader.lastIndex();
    }

    private NodeId leader(List<NodeId> among) {
        NodeId leader = null;
        for (NodeId node : among) {
            boolean leads = sim.isUp(node) && groups.apply(node).isLeader();
            if (leads
                    && (leader == null
                            || groups.apply(node).term() > groups.apply(leader).term())) {
                leader = node;
            }
        }
        return leader;
    }

    private Stall progress(List<NodeId> core) {
        for (long number = 0; number < writes; number++) {
            isAcknowledged |= client.isAcknowledged(FIRST_NUMBER + number);
        }
        if (isAcknowledged) {
            return null;
        }
        NodeId leader = leader(core);
        if (writes == 0 || sim.nowNanos() - askedNanos >= RETRY_NANOS) {
            askedNanos = sim.nowNanos();
            client.write(leader, FIRST_NUMBER + writes++);
        }
        return Stall.of(
                "client",
                "waits for the acknowledgement of a write, its attempt " + writes,
                List.of(Stall.of(leader, waits(groups.apply(leader)))));
    }

    private static String waits(RaftGroup group) {
        return RaftStall.describe(group) + " waits for " + (group.isLeader() ? peers(group) : source(group));
    }

    private static String source(RaftGroup group) {
        return group.leader() == null
                ? "a leader, as of " + group.configuration()
                : "entries and their commitment by " + group.leader();
    }

    private static String peers(RaftGroup leader) {
        List<String> lagging = new ArrayList<>();
        for (PeerStatus peer : leader.peers()) {
            lagging.add(peer.toString());
        }
        return lagging.isEmpty() ? "nobody" : "acknowledgements of " + String.join(", ", lagging);
    }
}
