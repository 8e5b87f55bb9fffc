package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterIdTest {
    private static final ClusterId RED = ClusterId.draw(new Prng(1));
    private static final ClusterId BLUE = ClusterId.draw(new Prng(2));

    @Test
    void textOfAnIdIsThatId() {
        assertThat(RED.toString()).hasSize(32);
        assertThat(ClusterId.parse(RED.toString())).isEqualTo(RED);
        assertThat(RED).isNotEqualTo(BLUE);
        assertThatThrownBy(() -> ClusterId.parse("12")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClusterId.parse("x".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoClustersOfOneNameDoNotMergeAndBothSidesSayWhy() {
        Cluster cluster = of(RED, RED, BLUE, BLUE);
        cluster.sim.runFor(Time.seconds(20));
        for (int i = 0; i < 4; i++) {
            assertThat(cluster.membership(i).livePeers()).hasSize(1);
        }
        assertThat(cluster.membership(0).lastRefusal())
                .contains("id is " + BLUE)
                .contains("not " + RED);
        assertThat(cluster.membership(2).lastRefusal()).contains("id is " + BLUE);
        assertThat(cluster.membership(0).counters().of(Counter.REFUSED_OTHER_ID))
                .isPositive();
        assertThat(cluster.membership(2).counters().of(Counter.REFUSED_BY_OTHERS))
                .isPositive();
    }

    @Test
    void nodesWithoutAnIdStayTogetherWhileTheirClusterGetsOne() {
        Cluster cluster = of(ClusterId.NONE, ClusterId.NONE, ClusterId.NONE);
        cluster.sim.runFor(Time.seconds(10));
        cluster.membership(0).clusterId(RED);
        cluster.sim.runFor(Time.seconds(30));
        cluster.membership(1).clusterId(RED);
        cluster.sim.runFor(Time.seconds(30));
        for (int i = 0; i < 3; i++) {
            assertThat(cluster.membership(i).livePeers()).hasSize(2);
        }
        assertThat(cluster.membership(0).counters().of(Counter.WITHOUT_ID)).isPositive();
        assertThat(cluster.reached(GossipMarks.DECLARED_DEAD)).isZero();
    }

    @Test
    void strangerWithoutAnIdIsRefusedByAClusterThatHasOne() {
        Cluster cluster = of(RED, RED, ClusterId.NONE);
        cluster.sim.runFor(Time.seconds(20));
        assertThat(cluster.membership(0).livePeers()).hasSize(1);
        assertThat(cluster.membership(0).counters().of(Counter.REFUSED_WITHOUT_ID))
                .isPositive();
        assertThat(cluster.membership(2).lastRefusal()).contains("no cluster id");
    }

    @Test
    void nodeWithoutAnIdCarriesNoWordFromOneClusterToAnother() {
        Cluster cluster = new Cluster(5);
        cluster.add("n0", List.of(NodeId.of("n2")), GossipConfig.lan("test"));
        cluster.add("n1", List.of(NodeId.of("n2")), GossipConfig.lan("test"));
        cluster.add("n2", List.of(NodeId.of("n0"), NodeId.of("n1")), GossipConfig.lan("test"));
        cluster.membership(0).clusterId(RED);
        cluster.membership(1).clusterId(BLUE);
        cluster.sim.runFor(Time.seconds(20));
        assertThat(cluster.membership(0).member(NodeId.of("n1"))).isNull();
        assertThat(cluster.membership(1).member(NodeId.of("n0"))).isNull();
    }

    private static Cluster of(ClusterId... ids) {
        Cluster cluster = new Cluster(7).add(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (!ids[i].isNone()) {
                cluster.membership(i).clusterId(ids[i]);
            }
        }
        // Those of BLUE have n0, which is RED, as their seed; this brings them together.
        for (int i = 1; i < ids.length; i++) {
            for (int j = 0; j < i; j++) {
                if (ids[i].equals(ids[j]) && j > 0) {
                    int seed = j;
                    int node = i;
                    cluster.on(node, () -> cluster.membership(node).join(List.of(cluster.nodes.get(seed))));
                }
            }
        }
        return cluster;
    }
}
