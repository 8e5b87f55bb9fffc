package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.broker.cluster.ClusterCommand;
import io.orrery.broker.cluster.ClusterState;
import io.orrery.broker.cluster.ExchangeType;
import io.orrery.broker.cluster.TopicSpec;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the oracle of the cluster's state accepts and rejects: somebody changes real nodes' state behind its back. */
class ClusterStateLoadTest {
    private static final NodeId ONE = NodeId.of("n1");
    private static final NodeId TWO = NodeId.of("n2");
    private static final TopicSpec SPEC = new TopicSpec(1, 3, 0, ExchangeType.FANOUT);

    private final Simulation sim = new Simulation(1);
    private final ClusterStateLoad load = new ClusterStateLoad(sim);

    private void start(NodeId... nodes) {
        Configuration initial = Configuration.ofVoters(List.of(ONE, TWO));
        BrokerConfig config = BrokerConfig.of("test", initial).fast().withSeeds(initial.voters());
        for (NodeId node : nodes) {
            sim.addNode(
                    node.name(),
                    kernel ->
                            new BrokerNode(kernel, config, AddressBook.BY_NAME, GossipRules.STANDARD, RaftRules.PAPER));
        }
    }

    /** Both nodes run, and topic-1 was created. */
    private void createOne() {
        start(ONE, TWO);
        assertThat(sim.runUntil(() -> node().group().leader() != null, Time.seconds(10)))
                .isTrue();
        load.write(ONE, 1);
        assertThat(sim.runUntil(() -> load.isAcknowledged(1), Time.seconds(10))).isTrue();
    }

    private BrokerNode node() {
        return sim.protocol(ONE, BrokerNode.class);
    }

    private void behindItsBack(ClusterCommand command) {
        boolean[] done = new boolean[1];
        sim.onNode(ONE, () -> node().propose(command, outcome -> done[0] = true));
        assertThat(sim.runUntil(() -> done[0], Time.seconds(10))).isTrue();
    }

    private static ClusterCommand creation(String topic) {
        return new ClusterCommand.CreateTopic(ClusterState.DEFAULT_NAMESPACE, topic, SPEC);
    }

    private static ClusterCommand deletion(String topic) {
        return new ClusterCommand.DeleteTopic(ClusterState.DEFAULT_NAMESPACE, topic);
    }

    /** Operations until one of them deletes topic-1. */
    private void deleteOne() {
        for (long number = 2; load.isAcknowledged(1) && number < 200; number++) {
            load.operate(number, new Prng(number));
        }
        sim.runFor(Time.seconds(2));
        assertThat(load.isAcknowledged(1)).isFalse();
    }

    private void rejects(String claim) {
        sim.runFor(Time.seconds(1));
        assertThatThrownBy(load::finish).isInstanceOf(Check.Violation.class).hasMessageContaining(claim);
    }

    @Test
    void whatWasAskedForAndNothingElseIsAccepted() {
        createOne();
        deleteOne();
        assertThatCode(load::finish).doesNotThrowAnyException();
    }

    @Test
    void anAcknowledgedTopicThatIsLostIsRejected() {
        createOne();
        behindItsBack(deletion("topic-1"));
        rejects("S1: the acknowledged topic topic-1 is lost");
    }

    @Test
    void aTopicThatWasCreatedAgainIsRejected() {
        createOne();
        behindItsBack(deletion("topic-1"));
        behindItsBack(creation("topic-1"));
        rejects("S1: topic-1 was created twice");
    }

    @Test
    void aDeletedTopicThatIsBackIsRejected() {
        createOne();
        deleteOne();
        behindItsBack(creation("topic-1"));
        rejects("S2: topic-1 is back");
    }

    @Test
    void aRefusedTopicThatIsThereIsRejected() {
        start(ONE);
        load.write(ONE, 1);
        sim.runFor(Time.seconds(30));
        start(TWO);
        assertThat(sim.runUntil(() -> node().group().leader() != null, Time.seconds(10)))
                .isTrue();
        behindItsBack(creation("topic-1"));
        rejects("S3: topic-1 was refused, and is");
    }
}
