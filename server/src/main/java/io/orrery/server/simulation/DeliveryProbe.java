package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.SubscribeRequest;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A client at each node of a core, each of which publishes to all of them: every one must hear every one, and every publish
 * must be acknowledged. The topics begin with a dollar sign, so that no other client hears of it.
 */
final class DeliveryProbe {
    private static final String FILTER = "$probe/+";
    private static final long RETRY_NANOS = Time.seconds(2);

    private final Simulation sim;
    private final TreeMap<NodeId, RecordingClient> clients = new TreeMap<>();
    private final TreeMap<NodeId, BrokerNode> lives = new TreeMap<>();
    private int rounds;
    private long publishedNanos;

    DeliveryProbe(Simulation sim) {
        this.sim = sim;
    }

    /** What is not delivered yet among these nodes, whose routes agree; null if all is. */
    Stall stall(List<NodeId> core) {
        clients.keySet().removeIf(id -> !isOfThisLife(id));
        List<NodeId> missing = new ArrayList<>(core);
        missing.removeAll(clients.keySet());
        missing.forEach(this::connect);
        if (!missing.isEmpty()) {
            return Stall.of("clients", "wait for the routes to them, at " + missing);
        }
        if (rounds == 0) {
            publish(core);
        }
        List<Stall> waiting = new ArrayList<>();
        for (NodeId node : core) {
            List<String> heard = clients.get(node).texts();
            for (NodeId other : core) {
                if (!heard.contains(other.name())) {
                    waiting.add(Stall.of("client at " + node, "waits for a message of the client at " + other));
                }
            }
            if (clients.get(node).acknowledged().isEmpty()) {
                waiting.add(Stall.of("client at " + node, "waits for the acknowledgement of its publish"));
            }
        }
        if (waiting.isEmpty()) {
            return null;
        }
        if (sim.nowNanos() - publishedNanos >= RETRY_NANOS) {
            publish(core);
        }
        return Stall.of("broker", "has not delivered all of round " + rounds, waiting);
    }

    /** Whether the node has not been restarted since the client connected. */
    private boolean isOfThisLife(NodeId id) {
        return !sim.isUp(id) || sim.protocol(id, BrokerNode.class) == lives.get(id);
    }

    private void connect(NodeId id) {
        sim.onNode(id, () -> {
            BrokerNode node = sim.protocol(id, BrokerNode.class);
            RecordingClient client = new RecordingClient(node.kernel());
            ConnectOutcome outcome = node.connect(ConnectRequest.of("probe-" + id), client);
            if (outcome.isAccepted()) {
                client.session(outcome.session());
                client.session().subscribe(SubscribeRequest.of(FILTER, 1));
                clients.put(id, client);
                lives.put(id, node);
            }
        });
    }

    private void publish(List<NodeId> core) {
        rounds++;
        publishedNanos = sim.nowNanos();
        int packetId = rounds;
        for (NodeId id : core) {
            RecordingClient client = clients.get(id);
            Message message = Message.of("$probe/" + packetId, Bytes.ofUtf8(id.name()), 1);
            sim.onNode(id, () -> {
                if (client.session().isOpen()) {
                    client.session().publish(message, packetId);
                }
            });
        }
    }
}
