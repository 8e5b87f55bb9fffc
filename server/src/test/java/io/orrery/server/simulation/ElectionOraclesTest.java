package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link SteadyReign} and {@link ElectionDrill} accept, and what they reject. */
class ElectionOraclesTest {
    private static final long ELECTION_NANOS = Time.millis(50);
    private static final List<NodeId> NODES = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));

    private final Simulation sim = new Simulation(7);
    private final NodeId leader;

    ElectionOraclesTest() {
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(NODES))
                .with(new RaftConfig.Timing(ELECTION_NANOS, ELECTION_NANOS / 5));
        for (NodeId node : NODES) {
            sim.addNode(node.name(), kernel -> new Node(kernel, config));
        }
        leader = awaitLeader();
    }

    private static final class Node implements Protocol {
        private final Wal wal;
        private final RaftGroup group;

        private Node(Kernel kernel, RaftConfig config) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            group = new RaftGroup(kernel.scope("raft"), config, wal, new KeyValueMachine());
        }

        @Override
        public void start() {
            wal.start();
            group.start();
        }
    }

    private RaftGroup group(NodeId node) {
        return sim.protocol(node, Node.class).group;
    }

    private NodeId awaitLeader() {
        assertThat(sim.runUntil(() -> leading() != null, Time.seconds(5))).isTrue();
        sim.runFor(ELECTION_NANOS);
        return leading();
    }

    private NodeId leading() {
        NodeId latest = null;
        for (NodeId node : NODES) {
            boolean leads = group(node).isLeader();
            latest = leads
                            && (latest == null
                                    || group(node).term() > group(latest).term())
                    ? node
                    : latest;
        }
        return latest;
    }

    private NodeId follower() {
        return NODES.get(leader.equals(NODES.get(0)) ? 1 : 0);
    }

    private SteadyReign watched() {
        SteadyReign reign = new SteadyReign(sim, this::group, ELECTION_NANOS);
        assertThat(reign.stall(NODES, leader)).isNotNull();
        sim.runFor(2 * ELECTION_NANOS);
        assertThat(reign.stall(NODES, leader)).isNotNull();
        return reign;
    }

    @Test
    void aLeaderThatStaysIsAcceptedAfterElevenElectionTimeouts() {
        SteadyReign reign = watched();
        sim.runFor(9 * ELECTION_NANOS);
        assertThat(reign.stall(NODES, leading())).isNull();
    }

    @Test
    void aLeaderThatIsDeposedIsRejected() {
        SteadyReign reign = watched();
        sim.runFor(2 * ELECTION_NANOS);
        sim.network().isolate(leader);
        sim.runUntil(() -> !leader.equals(leading()), Time.seconds(20));
        assertThatThrownBy(() -> reign.stall(NODES, leading()))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("S1: a leader was deposed though a healthy majority hears it");
    }

    @Test
    void aLeaderThatHandsOverIsNotDeposedAndTheTimeBeginsAnew() {
        SteadyReign reign = watched();
        sim.runFor(2 * ELECTION_NANOS);
        sim.onNode(leader, () -> group(leader).maybeTransferTo(follower()));
        sim.runUntil(() -> group(follower()).isLeader(), Time.seconds(1));
        sim.runFor(ELECTION_NANOS);
        assertThat(reign.stall(NODES, leading())).isNotNull();
        sim.runFor(9 * ELECTION_NANOS);
        assertThat(reign.stall(NODES, leading())).as("not long enough").isNotNull();
        sim.runFor(2 * ELECTION_NANOS);
        assertThat(reign.stall(NODES, leading())).isNull();
    }

    @Test
    void aMajorityThatElectsAnotherLeaderIsAccepted() {
        ElectionDrill drill = new ElectionDrill(sim, this::group, ELECTION_NANOS);
        drill.begin(leader);
        assertThat(drill.stall()).isNotNull();
        Stall stall = drill.stall();
        for (int look = 0; stall != null && look < 40; look++) {
            sim.runFor(ELECTION_NANOS);
            stall = drill.stall();
        }
        assertThat(stall).isNull();
        assertThat(drill.isOver()).isTrue();
    }

    @Test
    void aMajorityThatElectsNobodyIsRejected() {
        ElectionDrill drill = new ElectionDrill(sim, this::group, ELECTION_NANOS);
        drill.begin(leader);
        sim.network().isolate(follower());
        sim.runFor(41 * ELECTION_NANOS);
        assertThatThrownBy(drill::stall)
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("E1: a healthy majority that lost its leader elects none");
    }

    @Test
    void nobodyIsCutOffWhereTooFewWouldBeLeft() {
        Simulation pair = new Simulation(7);
        RaftConfig config = RaftConfig.of(0, Configuration.ofVoters(NODES.subList(0, 2)));
        NODES.subList(0, 2).forEach(node -> pair.addNode(node.name(), kernel -> new Node(kernel, config)));
        ElectionDrill drill = new ElectionDrill(pair, node -> pair.protocol(node, Node.class).group, ELECTION_NANOS);
        drill.begin(NODES.get(0));
        assertThat(drill.isOver()).isTrue();
    }
}
