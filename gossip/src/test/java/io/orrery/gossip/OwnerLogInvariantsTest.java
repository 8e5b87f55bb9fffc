package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.check.OwnerLogInvariants;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.SimulationFailure;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each invariant of the owner log, seen to hold and seen broken. */
class OwnerLogInvariantsTest {
    /** Two nodes, the second with one row of its own; equal in every world but for that row. */
    private static Cluster world(String row, GossipRules rules) {
        Cluster cluster = new Cluster(3, GossipConfig.fast("test"), OwnerLogConfig.fast(), rules).add(2);
        assertThat(cluster.within(20, cluster::membersConverged)).isTrue();
        cluster.on(1, () -> cluster.node(1).log.add(Bytes.ofUtf8(row)));
        cluster.sim.runFor(Time.millis(100));
        return cluster;
    }

    private static void observe(OwnerLogInvariants invariants, Cluster cluster, int index) {
        GossipNode node = cluster.node(index);
        invariants.observe(node.membership, node.log, cluster.sim.nowNanos());
    }

    private static String divergence(GossipNode... nodes) {
        return OwnerLogInvariants.divergence(
                Arrays.stream(nodes).map(node -> node.log).toList());
    }

    @Test
    void rowsAsTheirOwnerWroteThemAreAccepted() {
        Cluster cluster = world("a", GossipRules.STANDARD);
        assertThat(cluster.node(0).log.rows(cluster.nodes.get(1))).hasSize(1);
        OwnerLogInvariants invariants = new OwnerLogInvariants();
        observe(invariants, cluster, 1);
        observe(invariants, cluster, 0);
        assertThat(divergence(cluster.node(0), cluster.node(1))).isNull();
    }

    @Test
    void otherRowsThanTheOwnerHadAtThatSequenceAreRejected() {
        Cluster here = world("a", GossipRules.STANDARD);
        Cluster there = world("b", GossipRules.STANDARD);
        OwnerLogInvariants invariants = new OwnerLogInvariants();
        observe(invariants, here, 1);
        assertThatThrownBy(() -> observe(invariants, there, 0))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("W1: n0 holds")
                .hasMessageContaining("where the owner had");
        assertThat(divergence(here.node(1), there.node(0))).contains("n0 is at", "where the owner is at");
    }

    @Test
    void rowsOfADeadMemberThatAreKeptAreRejected() {
        GossipRules hoarding = new GossipRules() {
            @Override
            public boolean dropsRows(Member owner, long generation) {
                return false;
            }

            @Override
            public boolean setsRowsAside(Member owner, long generation) {
                return false;
            }
        };
        Cluster cluster = world("a", hoarding);
        cluster.sim.crash(cluster.nodes.get(1));
        assertThatThrownBy(() -> cluster.sim.runFor(Time.seconds(20)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("W2: n0 still holds rows of generation");
        assertThat(divergence(cluster.node(0))).isEqualTo("n0 holds rows of n1, which is down");
    }

    @Test
    void rowsOfADeadMemberAreGoneInTime() {
        Cluster cluster = world("a", GossipRules.STANDARD);
        cluster.sim.crash(cluster.nodes.get(1));
        cluster.sim.runFor(Time.seconds(20));
        assertThat(OwnerLogInvariants.divergence(List.of(cluster.node(0).log))).isNull();
    }
}
