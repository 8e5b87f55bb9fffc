package io.orrery.broker.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.cluster.KeeperConfig;
import io.orrery.gossip.history.MemberEvent;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Simulated clusters that are split, come together again, and are cleaned of what does not come back. */
class HealerTest {
    private static final KeeperConfig RESTARTS = KeeperConfig.DEFAULT.healing(Time.seconds(2));

    private Simulation sim = new Simulation(11);
    private final List<NodeId> nodes = new ArrayList<>();
    private final TreeMap<NodeId, Integer> restarted = new TreeMap<>();

    private void start(int count, KeeperConfig keeper) {
        for (int i = 1; i <= count; i++) {
            nodes.add(NodeId.of("n" + i));
        }
        BrokerConfig config = BrokerConfig.of("simulated", Configuration.ofVoters(nodes))
                .fast()
                .withSeeds(nodes)
                .with(keeper);
        nodes.forEach(node -> sim.addNode(node.name(), kernel -> new BrokerNode(kernel, config, AddressBook.BY_NAME)));
        await(30, this::isWhole);
    }

    private BrokerNode node(NodeId id) {
        return sim.protocol(id, BrokerNode.class);
    }

    private boolean isWhole() {
        return nodes.stream()
                .allMatch(id -> sim.isUp(id)
                        && node(id).membership().livePeers().size() == nodes.size() - 1
                        && node(id).group().leader() != null
                        && node(id).clusterState().nodes().size() == nodes.size());
    }

    /** Runs on; nodes that are to restart do. */
    private void run(int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            sim.runFor(Time.millis(100));
            for (NodeId id : nodes) {
                if (sim.isUp(id) && node(id).healer().isToRestart()) {
                    restarted.merge(id, 1, Integer::sum);
                    sim.crash(id);
                    sim.restart(id);
                }
            }
        }
    }

    private void await(int seconds, BooleanSupplier condition) {
        for (int i = 0; i < seconds && !condition.getAsBoolean(); i++) {
            run(1);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Splits the nodes into parts for long enough that each takes the others for dead, and lets them come together. */
    private void splitAndHeal(int... parts) {
        for (NodeId one : nodes) {
            for (NodeId other : nodes) {
                if (parts[nodes.indexOf(one)] != parts[nodes.indexOf(other)]) {
                    sim.network().cut(one, other);
                }
            }
        }
        run(12);
        sim.network().healAll();
        run(20);
        await(30, this::isWhole);
    }

    private TreeSet<Long> decisions() {
        TreeSet<Long> indexes = new TreeSet<>();
        nodes.forEach(id -> indexes.add(node(id).clusterState().heal().index()));
        return indexes;
    }

    @Test
    void minorityRestartsOnceAndTheOthersGoOn() {
        start(5, RESTARTS);
        splitAndHeal(1, 2, 2, 1, 2);
        assertThat(restarted).containsExactly(entry("n1", 1), entry("n4", 1));
        assertThat(decisions()).hasSize(1).doesNotContain(0L);
    }

    /** In seeds 82 and 116 n3 was restarted too, since n2 had heard from n1 that it is dead. */
    @Test
    void whatOneSideSaysOfTheOtherWhenTheyMeetDecidesNothing() {
        for (int seed : List.of(1, 2, 3, 4, 5, 6, 7, 8, 82, 116)) {
            restart(3, seed);
            splitAndHeal(1, 2, 2);
            assertThat(restarted).as("seed %s", seed).containsExactly(entry("n1", 1));
            assertThat(decisions()).hasSize(1).doesNotContain(0L);
        }
    }

    /** n1 meets n2 alone, and tells it that n3 is dead, which n2 believes until n3 denies it; later a decision ends n1's life. */
    @Test
    void whatOneSideSaidOfTheOtherDecidesNothingEitherOnceItHasRestarted() {
        for (int seed = 1; seed <= 6; seed++) {
            restart(3, seed);
            cut(List.of(nodes.subList(0, 1), nodes.subList(1, 3)));
            run(12);
            sim.network().healAll();
            cut(List.of(nodes.subList(2, 3), nodes.subList(0, 2)));
            for (int i = 0; i < 100 && accusersOf(nodes.get(2), nodes.get(1)).isEmpty(); i++) {
                sim.runFor(Time.millis(10));
            }
            assertThat(accusersOf(nodes.get(2), nodes.get(1)))
                    .as("seed %s", seed)
                    .containsExactly(nodes.get(0));
            sim.network().healAll();
            run(20);
            await(30, this::isWhole);
            assertThat(restarted).as("seed %s", seed).containsExactly(entry("n1", 1));
            assertThat(decisions()).hasSize(1).doesNotContain(0L);
        }
    }

    /** Those who found out that a member is dead, by what a node remembers. */
    private TreeSet<NodeId> accusersOf(NodeId member, NodeId node) {
        TreeSet<NodeId> accusers = new TreeSet<>();
        for (MemberEvent event : node(node).membership().history().of(member)) {
            if (event.kind() == MemberEvent.Kind.DIED) {
                accusers.add(event.by());
            }
        }
        return accusers;
    }

    /** Cuts all links between any two of the sides. */
    private void cut(List<List<NodeId>> sides) {
        for (List<NodeId> one : sides) {
            for (List<NodeId> other : sides) {
                if (one != other) {
                    one.forEach(a -> other.forEach(b -> sim.network().cut(a, b)));
                }
            }
        }
    }

    /** Another cluster. */
    private void restart(int count, int seed) {
        sim = new Simulation(seed);
        nodes.clear();
        restarted.clear();
        start(count, RESTARTS);
    }

    @Test
    void whereOneNodeReachesBothSidesAllAreKeptAliveThroughItAndNobodyRestarts() {
        for (int seed = 1; seed <= 2; seed++) {
            restart(5, seed);
            cut(List.of(nodes.subList(0, 2), nodes.subList(3, 5)));
            run(12);
            sim.network().healAll();
            run(20);
            await(30, this::isWhole);
            assertThat(restarted).as("seed %s", seed).isEmpty();
            assertThat(decisions()).containsExactly(0L);
        }
    }

    /**
     * Views overlap, and the two parts that are further off find each other alive while group 0 decides about the bridge: in
     * seeds 3, 35 and 47 some of them were found in between, and were not restarted when a decision settled more than it knew.
     */
    @Test
    void whereABridgeComesUpBetweenThreePartsTheFirstStaysAndAllOthersRestartOnce() {
        for (int seed : List.of(1, 2, 3, 35, 47)) {
            restart(5, seed);
            cut(List.of(nodes.subList(0, 2), nodes.subList(2, 3), nodes.subList(3, 5)));
            run(12);
            // Now n3 hears both sides, and they do not hear each other.
            sim.network().healAll();
            cut(List.of(nodes.subList(0, 2), nodes.subList(3, 5)));
            run(12);
            sim.network().healAll();
            run(20);
            await(30, this::isWhole);
            assertThat(restarted).as("seed %s", seed).containsExactly(entry("n3", 1), entry("n4", 1), entry("n5", 1));
            assertThat(decisions()).hasSize(1).doesNotContain(0L);
        }
    }

    @Test
    void nodeThatLearnsOfTwoDecisionsAtOnceRestartsForTheFirst() {
        TreeMap<NodeId, Long> first = new TreeMap<>(Map.of(NodeId.of("n1"), 7L, NodeId.of("n2"), 8L));
        TreeMap<NodeId, Long> second = new TreeMap<>(Map.of(NodeId.of("n2"), 9L));
        HealRecord both = HealRecord.NONE.and(4, first, node -> true).and(6, second, node -> true);
        assertThat(both.restarts(NodeId.of("n1"), 7)).isTrue();
        assertThat(both.restarts(NodeId.of("n2"), 9)).isTrue();
        assertThat(both.index()).isEqualTo(6);
        HealRecord withoutRemoved = HealRecord.NONE.and(4, first, node -> true).and(6, second, node -> false);
        assertThat(withoutRemoved.restarts()).containsOnlyKeys(NodeId.of("n2"));
    }

    @Test
    void ofThreeEqualPartsOneStays() {
        start(6, RESTARTS);
        splitAndHeal(1, 2, 3, 1, 2, 3);
        assertThat(restarted).containsExactly(entry("n2", 1), entry("n3", 1), entry("n5", 1), entry("n6", 1));
        assertThat(decisions()).hasSize(1);
    }

    @Test
    void secondSplitIsDecidedAboutAnew() {
        start(3, RESTARTS);
        splitAndHeal(1, 2, 2);
        long first = decisions().first();
        splitAndHeal(1, 2, 1);
        assertThat(restarted).containsExactly(entry("n1", 1), entry("n2", 1));
        assertThat(decisions().first()).isGreaterThan(first);
    }

    @Test
    void byDefaultHealingRestartsNobody() {
        start(3, KeeperConfig.DEFAULT);
        splitAndHeal(1, 2, 2);
        assertThat(restarted).isEmpty();
        assertThat(decisions()).containsExactly(0L);
    }

    @Test
    void nodeThatRestartedByItselfIsNotRestarted() {
        start(3, RESTARTS);
        sim.crash(nodes.get(0));
        run(8);
        sim.restart(nodes.get(0));
        run(10);
        assertThat(restarted).isEmpty();
    }

    @Test
    void deadNodeIsForgottenAfterItsTimeAndJoinsAgain() {
        start(3, KeeperConfig.DEFAULT.cleaning(Time.seconds(6)));
        NodeId gone = nodes.get(2);
        sim.crash(gone);
        run(5);
        assertThat(node(nodes.get(0)).clusterState().nodes()).containsKey(gone);
        run(15);
        assertThat(node(nodes.get(0)).clusterState().nodes()).doesNotContainKey(gone);
        assertThat(node(nodes.get(0)).group().configuration().members()).doesNotContain(gone);
        assertThat(node(nodes.get(0)).keeper().cleaned()
                        + node(nodes.get(1)).keeper().cleaned())
                .contains("n3 has not run for 6 s");
        sim.restart(gone);
        await(30, () -> isWhole() && node(nodes.get(0)).group().configuration().isVoter(gone));
    }

    @Test
    void votersAreForgottenOnlyWhileAMajorityOfTheRestRuns() {
        start(4, KeeperConfig.DEFAULT.cleaning(Time.seconds(4)));
        sim.crash(nodes.get(3));
        run(15);
        assertThat(node(nodes.get(0)).group().configuration().members()).hasSize(3);
        sim.crash(nodes.get(1));
        sim.crash(nodes.get(2));
        run(20);
        assertThat(node(nodes.get(0)).group().configuration().members()).hasSize(3);
    }

    private static Map.Entry<NodeId, Integer> entry(String name, int times) {
        return Map.entry(NodeId.of(name), times);
    }
}
