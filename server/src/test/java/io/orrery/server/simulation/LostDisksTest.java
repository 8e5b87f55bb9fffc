package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.Electorate;
import io.orrery.gossip.ClusterId;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What nodes do that all start anew, most of them on empty disks: may they take that for a first boot? */
class LostDisksTest {
    private static final int SEEDS = 20;

    private final List<NodeId> nodes = new ArrayList<>();
    private final TreeMap<NodeId, Integer> disks = new TreeMap<>();
    private Simulation sim;

    /** A cluster that formed, and of which all nodes are down. */
    private ClusterId formedAndDown(long seed, int count, boolean isNamed) {
        sim = new Simulation(seed);
        nodes.clear();
        disks.clear();
        for (int i = 0; i < count; i++) {
            nodes.add(NodeId.of("n" + i));
        }
        Electorate electorate = isNamed ? Electorate.named(nodes) : Electorate.counted(count);
        BootConfig config = BootConfig.of(electorate, nodes);
        for (NodeId node : nodes) {
            sim.addNode(node.name(), kernel -> {
                int disk = disks.getOrDefault(kernel.self(), 0);
                return new BootPeer(kernel.scope("disk" + disk), config, disk);
            });
        }
        sim.runFor(Time.seconds(20));
        ClusterId id = id(0);
        assertThat(id).isNotNull();
        nodes.forEach(sim::crash);
        return id;
    }

    private void restart(int from, int to, boolean isWiped) {
        for (NodeId node : nodes.subList(from, to)) {
            if (isWiped) {
                disks.put(node, 1);
            }
            sim.restart(node);
        }
    }

    /** Null while the node is of no cluster. */
    private ClusterId id(int index) {
        BootPeer peer = sim.protocol(nodes.get(index), BootPeer.class);
        return peer.outcome() == null ? null : peer.outcome().id();
    }

    @Test
    void majorityThatLostItsDisksJoinsTheMinorityThatKeptIts() {
        for (int seed = 0; seed < SEEDS; seed++) {
            ClusterId id = formedAndDown(seed, 5, seed % 2 == 0);
            restart(0, 3, true);
            restart(3, 5, false);
            sim.runFor(Time.seconds(20));
            for (int i = 0; i < 5; i++) {
                assertThat(id(i)).as("seed %s, node %s", seed, i).isEqualTo(id);
            }
        }
    }

    @Test
    void countedNodesFormNothingWhileOneThatKeptItsDiskIsAwayAndJoinItThen() {
        for (int seed = 0; seed < SEEDS; seed++) {
            ClusterId id = formedAndDown(seed, 3, false);
            restart(0, 2, true);
            sim.runFor(Time.seconds(60));
            assertThat(id(0)).as("seed %s", seed).isNull();
            assertThat(id(1)).as("seed %s", seed).isNull();
            restart(2, 3, false);
            sim.runFor(Time.seconds(20));
            assertThat(id(0)).isEqualTo(id).isEqualTo(id(1)).isEqualTo(id(2));
        }
    }

    /** The limit of a list, as docs/CLUSTER.md states it: two ids, which then never become one. */
    @Test
    void majorityOfAListThatLostItsDisksWhileTheRestIsAwayFormsAnotherCluster() {
        ClusterId id = formedAndDown(1, 3, true);
        restart(0, 2, true);
        sim.runFor(Time.seconds(20));
        ClusterId other = id(0);
        assertThat(other).isNotNull().isNotEqualTo(id).isEqualTo(id(1));
        restart(2, 3, false);
        sim.runFor(Time.seconds(20));
        assertThat(id(2)).isEqualTo(id);
        assertThat(id(0)).isEqualTo(other);
    }

    @Test
    void nodesThatAllLostTheirDisksFormAnotherClusterSinceThereIsNothingToProtect() {
        ClusterId id = formedAndDown(1, 3, false);
        restart(0, 3, true);
        sim.runFor(Time.seconds(20));
        assertThat(id(0)).isNotNull().isNotEqualTo(id).isEqualTo(id(1)).isEqualTo(id(2));
    }
}
