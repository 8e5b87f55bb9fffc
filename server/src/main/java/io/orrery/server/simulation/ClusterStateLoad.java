package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.cluster.ClusterCommand;
import io.orrery.broker.cluster.ClusterOutcome;
import io.orrery.broker.cluster.ClusterResult;
import io.orrery.broker.cluster.ClusterState;
import io.orrery.broker.cluster.ExchangeType;
import io.orrery.broker.cluster.TopicSpec;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftGroup;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes of the cluster's state, asked of any node: topics are created under names never used before, and some deleted.
 *
 * <ul>
 *   <li>S1: in the end a topic whose creation was acknowledged is there, created at the acknowledged index, unless its
 *       deletion was asked for.
 *   <li>S2: in the end a topic whose deletion was acknowledged is not there.
 *   <li>S3: in the end a topic whose creation was certainly refused is not there.
 * </ul>
 */
final class ClusterStateLoad implements RaftCore.Client {
    private static final TopicSpec SPEC = new TopicSpec(1, 3, 0, ExchangeType.FANOUT);
    private static final int DELETE_PPM = 200_000;

    private final Simulation sim;
    private final TreeMap<String, Long> createdIndexes = new TreeMap<>();
    private final TreeSet<String> deleted = new TreeSet<>();
    private final TreeSet<String> refused = new TreeSet<>();

    ClusterStateLoad(Simulation sim) {
        this.sim = sim;
    }

    void operate(long number, Prng luck) {
        NodeId id = sim.nodes().get(luck.below(sim.nodes().size()));
        boolean deletes = luck.chance(DELETE_PPM);
        int choice = luck.below(Math.max(1, createdIndexes.size()));
        if (!sim.isUp(id)) {
            return;
        }
        if (deletes && !createdIndexes.isEmpty()) {
            delete(id, new ArrayList<>(createdIndexes.keySet()).get(choice));
        } else {
            create(id, "topic-" + number);
        }
    }

    @Override
    public void write(NodeId target, long number) {
        create(target, "topic-" + number);
    }

    @Override
    public boolean isAcknowledged(long number) {
        return createdIndexes.containsKey("topic-" + number);
    }

    private void create(NodeId id, String name) {
        propose(id, new ClusterCommand.CreateTopic(ClusterState.DEFAULT_NAMESPACE, name, SPEC), outcome -> {
            if (outcome.status() == Proposal.Status.COMMITTED) {
                Check.that(outcome.result().status() == ClusterResult.Status.OK, "a new topic can be created");
                createdIndexes.put(name, outcome.result().index());
            } else if (outcome.status() != Proposal.Status.UNKNOWN) {
                refused.add(name);
            }
        });
    }

    private void delete(NodeId id, String name) {
        createdIndexes.remove(name);
        propose(id, new ClusterCommand.DeleteTopic(ClusterState.DEFAULT_NAMESPACE, name), outcome -> {
            if (outcome.status() == Proposal.Status.COMMITTED) {
                deleted.add(name);
            }
        });
    }

    private void propose(NodeId id, ClusterCommand command, ClusterOutcome.Callback done) {
        BrokerNode node = sim.protocol(id, BrokerNode.class);
        sim.onNode(id, () -> node.propose(command, done));
    }

    /** What keeps the cluster's state from being one everywhere; null if it is. */
    static String divergence(List<BrokerNode> nodes) {
        BrokerNode leading = leader(nodes);
        if (leading == null) {
            StringBuilder text = new StringBuilder("no leader:");
            nodes.forEach(
                    node -> text.append(' ').append(node.self()).append('=').append(RaftStall.describe(node.group())));
            return text.toString();
        }
        RaftGroup leader = leading.group();
        for (BrokerNode node : nodes) {
            if (node.group().appliedIndex() != leader.lastIndex()) {
                return node.self() + " has not applied what its leader has: " + RaftStall.describe(node.group())
                        + ", leader " + RaftStall.describe(leader);
            }
            if (!isSame(node.clusterState(), leading.clusterState())) {
                return node.self() + " has another state than the leader at index " + leader.appliedIndex();
            }
        }
        return null;
    }

    private static BrokerNode leader(List<BrokerNode> nodes) {
        BrokerNode leader = null;
        for (BrokerNode node : nodes) {
            boolean leads = node.group().isLeader();
            if (leads && (leader == null || node.group().term() > leader.group().term())) {
                leader = node;
            }
        }
        return leader;
    }

    private static boolean isSame(ClusterState one, ClusterState other) {
        return one.nodes().equals(other.nodes()) && one.namespaces().equals(other.namespaces());
    }

    void finish() {
        ClusterState state =
                sim.protocol(sim.survivors().get(0), BrokerNode.class).clusterState();
        createdIndexes.forEach((name, index) -> {
            var topic = state.topic(ClusterState.DEFAULT_NAMESPACE, name);
            Check.that(topic != null, "S1: the acknowledged topic " + name + " is lost");
            Check.that(
                    topic.createdIndex() == index, "S1: " + name + " was created twice", topic.createdIndex(), index);
        });
        for (String name : deleted) {
            Check.that(state.topic(ClusterState.DEFAULT_NAMESPACE, name) == null, "S2: " + name + " is back");
        }
        for (String name : refused) {
            Check.that(
                    state.topic(ClusterState.DEFAULT_NAMESPACE, name) == null, "S3: " + name + " was refused, and is");
        }
    }
}
