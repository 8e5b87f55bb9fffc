package io.orrery.broker;

import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.gossip.Member;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Broker nodes {@code node1, node2, ...} in a simulation, and what tests do with them. */
final class BrokerCluster {
    final Simulation sim;
    final List<NodeId> nodes = new ArrayList<>();
    private final UnaryOperator<BrokerConfig> tuning;
    private final Configuration initial;

    BrokerCluster(long seed, int size) {
        this(seed, size, config -> config);
    }

    BrokerCluster(long seed, int size, UnaryOperator<BrokerConfig> tuning) {
        this.sim = new Simulation(seed);
        this.tuning = tuning;
        List<NodeId> voters = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            voters.add(NodeId.of("node" + i));
        }
        initial = Configuration.ofVoters(voters);
        for (int i = 0; i < size; i++) {
            add("node" + (i + 1), initial, config -> config);
        }
    }

    /** Adds a node that is not among the first voters. */
    NodeId addJoiner(String name, UnaryOperator<BrokerConfig> special) {
        return add(name, Configuration.EMPTY, special);
    }

    private NodeId add(String name, Configuration configuration, UnaryOperator<BrokerConfig> special) {
        BrokerConfig config = special.apply(
                tuning.apply(BrokerConfig.of("test", configuration).fast().withSeeds(initial.voters())));
        NodeId id = sim.addNode(name, kernel -> new BrokerNode(kernel, config, AddressBook.BY_NAME));
        nodes.add(id);
        return id;
    }

    BrokerNode node(int number) {
        return sim.protocol(nodes.get(number - 1), BrokerNode.class);
    }

    NodeId id(int number) {
        return nodes.get(number - 1);
    }

    boolean isUp(int number) {
        return sim.isUp(id(number));
    }

    /** Runs until it holds on every node that is up; fails after {@code limitNanos}. */
    void await(String what, long limitNanos, Predicate<BrokerNode> everywhere) {
        boolean came = sim.runUntil(() -> holds(everywhere), limitNanos);
        Check.that(came, "in time: " + what);
    }

    void await(String what, Predicate<BrokerNode> everywhere) {
        await(what, Time.seconds(30), everywhere);
    }

    private boolean holds(Predicate<BrokerNode> everywhere) {
        for (NodeId id : nodes) {
            if (sim.isUp(id) && !everywhere.test(sim.protocol(id, BrokerNode.class))) {
                return false;
            }
        }
        return true;
    }

    private int upCount() {
        int count = 0;
        for (NodeId id : nodes) {
            count += sim.isUp(id) ? 1 : 0;
        }
        return count;
    }

    /** Waits until all nodes that are up see each other, are ready, and have a leader. */
    void settle() {
        int up = upCount();
        await(
                "settled",
                node -> node.isReady()
                        && node.membership().members().values().stream()
                                        .filter(Member::isLive)
                                        .count()
                                == up
                        && node.group().leader() != null);
    }

    /** Connects a client to a node. */
    RecordingClient connect(int number, ConnectRequest request) {
        RecordingClient[] client = new RecordingClient[1];
        sim.onNode(id(number), () -> {
            client[0] = new RecordingClient(node(number).kernel());
            ConnectOutcome outcome = node(number).connect(request, client[0]);
            Check.that(outcome.reason() == ReasonCode.SUCCESS, "a client may connect: " + outcome.reason());
            client[0].session(outcome.session());
        });
        return client[0];
    }

    RecordingClient connect(int number, String clientId, String... filters) {
        RecordingClient client = connect(number, ConnectRequest.of(clientId));
        for (String filter : filters) {
            subscribe(number, client, filter, 1);
        }
        return client;
    }

    void subscribe(int number, RecordingClient client, String filter, int qos) {
        sim.onNode(id(number), () -> client.session().subscribe(SubscribeRequest.of(filter, qos)));
    }

    void publish(int number, RecordingClient client, int packetId, String topic, String text) {
        Message message = Message.of(topic, Bytes.ofUtf8(text), packetId > 0 ? 1 : 0);
        sim.onNode(id(number), () -> client.session().publish(message, packetId));
    }

    /** Waits until the route table prints like this everywhere. */
    void awaitRoutes(String routes) {
        await("routes " + routes, node -> node.routes().routes().toString().equals(routes));
    }
}
