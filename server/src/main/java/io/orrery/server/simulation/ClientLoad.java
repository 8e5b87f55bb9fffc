package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.check.DeliveryHistory;
import io.orrery.broker.check.HistoryClient;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.sim.Simulation;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * MQTT clients of a simulated cluster: a bounded crowd over few topics, so that filters overlap, nodes share them, and the
 * last subscriber of a filter often leaves.
 */
final class ClientLoad {
    private static final int CLIENTS_MAX = 24;
    private static final String[] TOPICS = {"t/a", "t/b/x", "t/b/y", "t/c/d/e", "u/a", "$SYS/up"};
    private static final String[] FILTERS = {"t/a", "t/#", "t/+/x", "t/+/y", "+/a", "#", "t/c/+/e", "u/a", "$SYS/#"};

    private final Simulation sim;
    private final DeliveryHistory history = new DeliveryHistory();
    private final LinkedHashMap<NodeId, BrokerNode> lives = new LinkedHashMap<>();

    ClientLoad(Simulation sim) {
        this.sim = sim;
    }

    DeliveryHistory history() {
        return history;
    }

    /** The node runs, in this life: if it ran in another, that one's clients are gone. */
    void noteLife(NodeId id, BrokerNode now) {
        BrokerNode before = lives.get(id);
        if (before == now) {
            return;
        }
        lives.put(id, now);
        if (before != null) {
            history.onNodeStopped(id);
        }
    }

    /** Tells the history whose node is down. */
    void noteStops() {
        for (int i = 0; i < sim.nodes().size(); i++) {
            NodeId id = sim.nodes().get(i);
            if (!sim.isUp(id) && lives.remove(id) != null) {
                history.onNodeStopped(id);
            }
        }
    }

    void operate(long number, Prng luck) {
        List<HistoryClient> clients = history.clientsOpen();
        int kind = luck.below(100);
        if (clients.isEmpty() || kind < 4 && clients.size() < CLIENTS_MAX) {
            connect(number, luck);
            return;
        }
        HistoryClient client = clients.get(luck.below(clients.size()));
        int choice = luck.below(1_000_000);
        on(client, () -> act(client, kind, choice));
    }

    private void act(HistoryClient client, int kind, int choice) {
        if (kind < 18) {
            client.subscribe(FILTERS[choice % FILTERS.length], choice / 100 % 2);
        } else if (kind < 26) {
            client.unsubscribe(FILTERS[choice % FILTERS.length]);
        } else if (kind < 28) {
            client.disconnect();
        } else if (!client.isPaused()) {
            client.publish(TOPICS[choice % TOPICS.length], choice / 100 % 3 == 0 ? 0 : 1);
        }
    }

    private void connect(long number, Prng luck) {
        NodeId id = sim.nodes().get(luck.below(sim.nodes().size()));
        // Few names, so that some connect again elsewhere and take themselves over.
        String name = "client" + number % (2 * CLIENTS_MAX);
        if (sim.isUp(id)) {
            BrokerNode node = sim.protocol(id, BrokerNode.class);
            sim.onNode(id, () -> history.connect(node, name));
        }
    }

    private void on(HistoryClient client, Runnable action) {
        NodeId id = client.node().self();
        if (sim.isUp(id) && sim.protocol(id, BrokerNode.class) == client.node()) {
            sim.onNode(id, () -> {
                if (client.isOpen()) {
                    action.run();
                }
            });
        }
    }
}
