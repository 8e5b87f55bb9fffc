package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.read.ReadConfig;
import io.orrery.sim.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules L1 and G2 of the workloads accept, and what they reject. */
class WorkloadOraclesTest {
    private static final List<NodeId> NODES = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));

    private static final class Replica implements Protocol {
        private final Wal wal;
        private final RaftGroup group;

        private Replica(Kernel kernel) {
            RaftConfig config =
                    RaftConfig.of(0, Configuration.ofVoters(NODES)).with(ReadConfig.DEFAULT.withLeases(500));
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            group = new RaftGroup(kernel.scope("raft"), config, wal, new KeyValueMachine());
        }

        @Override
        public void start() {
            wal.start();
            group.start();
        }
    }

    private static Simulation replicas() {
        Simulation sim = new Simulation(7);
        NODES.forEach(node -> sim.addNode(node.name(), Replica::new));
        assertThat(sim.runUntil(() -> leader(sim) != null, Time.seconds(60))).isTrue();
        sim.runFor(Time.seconds(2));
        return sim;
    }

    private static RaftGroup group(Simulation sim, NodeId node) {
        return sim.protocol(node, Replica.class).group;
    }

    private static NodeId leader(Simulation sim) {
        return NODES.stream()
                .filter(node -> sim.isUp(node) && group(sim, node).isLeader())
                .findFirst()
                .orElse(null);
    }

    @Test
    void aLeaseAloneIsAcceptedAndAnotherThatIsElectedMeanwhileIsRejected() {
        Simulation sim = replicas();
        NodeId leader = leader(sim);
        NodeId other = NODES.get(NODES.get(0).equals(leader) ? 1 : 0);
        assertThat(group(sim, leader).leaseUntilNanos())
                .isGreaterThan(sim.machine(leader).nowNanos());
        LeaseExclusion accepts = new LeaseExclusion(sim, node -> group(sim, node));
        assertThatCode(() -> NODES.forEach(accepts::onEvent)).doesNotThrowAnyException();

        // In another world the leader was cut off, its lease ran out, and another leads: that one is shown in its
        // place.
        Simulation later = replicas();
        later.network().isolate(leader);
        assertThat(later.runUntil(
                        () -> NODES.stream()
                                .anyMatch(node -> !node.equals(leader)
                                        && group(later, node).isLeader()),
                        Time.seconds(60)))
                .isTrue();
        NodeId elected = NODES.stream()
                .filter(node -> !node.equals(leader) && group(later, node).isLeader())
                .findFirst()
                .orElseThrow();
        LeaseExclusion rejects =
                new LeaseExclusion(sim, node -> node.equals(other) ? group(later, elected) : group(sim, node));
        assertThatThrownBy(() -> rejects.onEvent(other))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("L1: a lease is held while another was elected");
    }

    @Test
    void whatAListenerWasToldIsAcceptedWhileItAddsUpAndRejectedWhenItDoesNot() {
        Simulation sim = new Simulation(7);
        for (NodeId node : NODES) {
            sim.addNode(
                    node.name(),
                    kernel -> new GossipPeer(
                            kernel,
                            GossipConfig.fast("test"),
                            OwnerLogConfig.fast(),
                            NODES.subList(0, 1),
                            GossipRules.STANDARD));
        }
        NodeId writer = NODES.get(0);
        GossipPeer reader = sim.protocol(NODES.get(1), GossipPeer.class);
        sim.onNode(writer, () -> sim.protocol(writer, GossipPeer.class).add(Bytes.ofUtf8("row")));
        assertThat(sim.runUntil(() -> reader.log().rows(writer).size() == 1, Time.seconds(30)))
                .isTrue();
        assertThat(reader.wrongOwner()).isNull();

        reader.onAdded(writer, Bytes.ofUtf8("never written"));
        assertThat(reader.wrongOwner()).isEqualTo(writer);
        assertThatThrownBy(() -> reader.onAdded(writer, Bytes.ofUtf8("row")))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("I1: a row that is added was not there");
        assertThatThrownBy(() -> reader.onRemoved(writer, Bytes.ofUtf8("unknown")))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("I1: a row that is removed was there");
    }
}
