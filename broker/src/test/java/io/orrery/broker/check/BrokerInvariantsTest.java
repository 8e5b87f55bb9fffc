package io.orrery.broker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.session.Message;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.gossip.Member;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.Simulation;
import io.orrery.sim.SimulationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each invariant is seen to fail when its rule is broken. */
class BrokerInvariantsTest {
    /** Keeps the rows of the dead. */
    private static final class HoardingRules extends GossipRules {
        @Override
        public boolean dropsRows(Member owner, long generation) {
            return false;
        }

        @Override
        public boolean setsRowsAside(Member owner, long generation) {
            return false;
        }
    }

    private final Simulation sim = new Simulation(1);
    private final BrokerInvariants invariants = new BrokerInvariants();
    private final DeliveryHistory history = new DeliveryHistory();
    private NodeId n1;
    private NodeId n2;

    private void start(GossipRules rules) {
        Configuration initial = Configuration.ofVoters(List.of(NodeId.of("n1"), NodeId.of("n2")));
        BrokerConfig config = BrokerConfig.of("test", initial).fast().withSeeds(initial.voters());
        n1 = sim.addNode("n1", kernel -> new BrokerNode(kernel, config, AddressBook.BY_NAME, rules, RaftRules.PAPER));
        n2 = sim.addNode("n2", kernel -> new BrokerNode(kernel, config, AddressBook.BY_NAME, rules, RaftRules.PAPER));
        sim.addChecker((simulation, id) -> {
            if (sim.isUp(id)) {
                invariants.afterEvent(node(id), sim.nowNanos());
            }
            history.check();
        });
        sim.runUntil(() -> node(n1).isReady() && node(n2).isReady(), Time.seconds(5));
    }

    private BrokerNode node(NodeId id) {
        return sim.protocol(id, BrokerNode.class);
    }

    private HistoryClient connect(NodeId id, String... filters) {
        HistoryClient[] client = new HistoryClient[1];
        sim.onNode(id, () -> {
            client[0] = history.connect(node(id), "client" + id);
            for (String filter : filters) {
                client[0].subscribe(filter, 1);
            }
        });
        return client[0];
    }

    private void awaitRoutes(NodeId at, int count) {
        assertThat(sim.runUntil(() -> node(at).routes().rowCount() == count, Time.seconds(10)))
                .isTrue();
    }

    @Test
    void routesOfADeadNodeThatAreKeptAreNoticed() {
        start(new HoardingRules());
        connect(n2, "a");
        awaitRoutes(n1, 1);
        sim.crash(n2);
        assertThatThrownBy(() -> sim.runFor(Time.seconds(30)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("SAFETY")
                .hasMessageContaining("B1: n1 has 1 routes of n2/");
    }

    @Test
    void nothingIsNoticedWhereTheRulesHold() {
        start(GossipRules.STANDARD);
        connect(n2, "a");
        awaitRoutes(n1, 1);
        sim.crash(n2);
        sim.runFor(Time.seconds(30));
        assertThat(node(n1).routes().rowCount()).isZero();
        BrokerInvariants.checkConverged(List.of(node(n1)));
    }

    @Test
    void tableThatLacksARowIsNoticedAtConvergence() {
        start(GossipRules.STANDARD);
        connect(n2, "a");
        awaitRoutes(n1, 1);
        BrokerInvariants.checkConverged(List.of(node(n1), node(n2)));
        sim.onNode(n1, () -> node(n1).routes().remove(n2, TopicFilter.of("a")));
        assertThatThrownBy(() -> BrokerInvariants.checkConverged(List.of(node(n1), node(n2))))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("B2, B3: n1 has routes [] of n2, which has [a]");
    }

    @Test
    void clientWithTwoSessionsIsNoticedAtConvergence() {
        start(GossipRules.STANDARD);
        sim.network().cut(n1, n2);
        sim.network().cut(n2, n1);
        sim.onNode(n1, () -> history.connect(node(n1), "twin"));
        sim.onNode(n2, () -> history.connect(node(n2), "twin"));
        assertThat(BrokerInvariants.divergence(List.of(node(n1), node(n2))))
                .isEqualTo("twin has a session on n1 and on n2");
        sim.network().heal();
        sim.runFor(Time.seconds(10));
        BrokerInvariants.checkConverged(List.of(node(n1), node(n2)));
    }

    @Test
    void acknowledgedMessageThatASubscriberLacksIsNoticed() {
        start(GossipRules.STANDARD);
        HistoryClient subscriber = connect(n2, "a");
        HistoryClient publisher = connect(n1);
        awaitRoutes(n1, 1);
        subscriber.link().takes(false);
        assertThatThrownBy(() -> {
                    sim.onNode(n1, () -> publisher.publish("a", 1));
                    sim.runFor(Time.seconds(2));
                })
                .hasMessageContaining("D1: 2:1 on a was acknowledged");
    }

    @Test
    void messageThatComesTwiceOrOutOfOrderIsNoticed() {
        start(GossipRules.STANDARD);
        HistoryClient subscriber = connect(n2, "a");
        HistoryClient publisher = connect(n1);
        awaitRoutes(n1, 1);
        sim.onNode(n1, () -> {
            publisher.publish("a", 1);
            publisher.publish("a", 1);
        });
        sim.runFor(Time.seconds(1));
        history.check();
        assertThat(history.delivered()).isEqualTo(2);
        assertThat(history.acknowledged()).isEqualTo(2);
        assertThatThrownBy(() -> sim.onNode(
                        n2,
                        () -> subscriber
                                .link()
                                .publish(Message.of("a", Bytes.ofUtf8("2:2"), 1), 0, false, 0, false, new int[0])))
                .hasMessageContaining("D2: client 1 at n2 got 2:2 on a twice");
    }

    /** A message is handed to the subscriber's connection behind the broker's back. */
    private void hand(HistoryClient to, String topic, String id) {
        Message message = Message.of(topic, Bytes.ofUtf8(id), 1);
        sim.onNode(n2, () -> to.link().publish(message, 0, false, 0, false, new int[0]));
    }

    @Test
    void messageThatNobodyPublishedIsNoticed() {
        start(GossipRules.STANDARD);
        HistoryClient subscriber = connect(n2, "a");
        connect(n1);
        assertThatThrownBy(() -> hand(subscriber, "a", "2:1")).hasMessageContaining("D4: client 1 at n2 got 2:1 on a");
    }

    @Test
    void messageOnAnotherTopicThanItsOwnIsNoticed() {
        start(GossipRules.STANDARD);
        HistoryClient subscriber = connect(n2, "a");
        HistoryClient publisher = connect(n1);
        sim.onNode(n1, () -> publisher.publish("b", 1));
        assertThatThrownBy(() -> hand(subscriber, "a", "2:1"))
                .hasMessageContaining("D4: client 1 at n2 got 2:1 on a, but it was published on b");
    }

    @Test
    void messagePublishedBeforeTheUnsubscribeMayStillComeButNoneAfterIt() {
        start(GossipRules.STANDARD);
        HistoryClient subscriber = connect(n2, "a");
        HistoryClient publisher = connect(n1);
        sim.onNode(n1, () -> publisher.publish("a", 0));
        sim.onNode(n2, () -> subscriber.unsubscribe("a"));
        sim.onNode(n1, () -> publisher.publish("a", 0));
        hand(subscriber, "a", "2:1");
        history.check();
        assertThatThrownBy(() -> hand(subscriber, "a", "2:2"))
                .hasMessageContaining("D5: client 1 at n2 got 2:2 on a, to which it is not subscribed");
    }
}
