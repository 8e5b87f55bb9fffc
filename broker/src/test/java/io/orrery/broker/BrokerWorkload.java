package io.orrery.broker;

import io.orrery.broker.check.BrokerInvariants;
import io.orrery.broker.check.DeliveryHistory;
import io.orrery.broker.check.HistoryClient;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Checker;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;

/** Clients that come, subscribe, publish and go, while nodes crash and the network fails; and what is checked meanwhile. */
final class BrokerWorkload implements Checker {
    private static final String[] TOPICS = {"a", "a/b", "a/c", "b/x/y", "c"};
    private static final String[] FILTERS = {"a", "a/+", "a/#", "#", "b/+/y", "+/b", "c", "b/#"};

    final BrokerCluster cluster;
    final DeliveryHistory history = new DeliveryHistory();
    private final BrokerInvariants invariants = new BrokerInvariants();
    private final Simulation sim;
    private final ChoiceStream prng;
    private boolean acting = true;

    BrokerWorkload(BrokerCluster cluster) {
        this.cluster = cluster;
        this.sim = cluster.sim;
        this.prng = sim.choices("workload");
        sim.addChecker(this);
    }

    @Override
    public void afterEvent(Simulation simulation, NodeId id) {
        if (sim.isUp(id)) {
            BrokerNode node = sim.protocol(id, BrokerNode.class);
            if (node != null) {
                invariants.afterEvent(node, sim.nowNanos());
            }
        }
        history.check();
    }

    /** One act every so often, until told to stop. */
    void start(long intervalNanos) {
        sim.after(intervalNanos, () -> {
            if (acting) {
                act();
                start(intervalNanos);
            }
        });
    }

    void stop() {
        acting = false;
    }

    private void act() {
        NodeId id = cluster.nodes.get(prng.below(cluster.nodes.size()));
        if (!sim.isUp(id)) {
            return;
        }
        int kind = prng.below(100);
        List<HistoryClient> here = new ArrayList<>();
        for (HistoryClient client : history.clientsOpen()) {
            if (client.node().self().equals(id)) {
                here.add(client);
            }
        }
        String topic = TOPICS[prng.below(TOPICS.length)];
        String filter = FILTERS[prng.below(FILTERS.length)];
        int qos = prng.below(3) == 0 ? 0 : 1;
        String clientId = "client" + prng.below(12);
        sim.onNode(id, () -> {
            BrokerNode node = sim.protocol(id, BrokerNode.class);
            if (here.isEmpty() || here.size() < 4 && kind < 15) {
                HistoryClient client = history.connect(node, clientId);
                if (client != null) {
                    client.subscribe(filter, qos);
                }
                return;
            }
            HistoryClient client = here.get(kind % here.size());
            if (!client.isOpen()) {
                return;
            }
            if (kind < 22) {
                client.subscribe(filter, qos);
            } else if (kind < 27) {
                client.unsubscribe(filter);
            } else if (kind < 30) {
                client.disconnect();
            } else if (!client.isPaused()) {
                client.publish(topic, qos);
            }
        });
    }

    /** One fault every so often, each over before the next. */
    void fault() {
        int kind = prng.below(5);
        int victim = prng.below(cluster.nodes.size());
        NodeId id = cluster.nodes.get(victim);
        switch (kind) {
            case 0 -> crash(id);
            case 1 -> {
                sim.network().isolate(id);
                sim.after(
                        Time.millis(prng.between(100, 5_000)),
                        () -> sim.network().heal());
            }
            case 2 -> {
                NodeId other = cluster.nodes.get((victim + 1) % cluster.nodes.size());
                sim.network().cut(id, other);
                sim.after(
                        Time.millis(prng.between(100, 4_000)),
                        () -> sim.network().mend(id, other));
            }
            case 3 -> {
                for (NodeId other : cluster.nodes) {
                    if (!other.equals(id)) {
                        sim.network().reset(id, other);
                    }
                }
            }
            default -> {
                sim.network()
                        .policy(LinkPolicy.LAN.loss(100_000).duplicate(20_000).reorder(20_000));
                sim.after(
                        Time.millis(prng.between(100, 3_000)),
                        () -> sim.network().policy(LinkPolicy.LAN));
            }
        }
    }

    private void crash(NodeId id) {
        if (sim.isUp(id)) {
            sim.crash(id);
            history.onNodeStopped(id);
            sim.after(Time.millis(prng.between(50, 6_000)), () -> {
                if (!sim.isUp(id)) {
                    sim.restart(id);
                }
            });
        }
    }

    /** All faults over, all nodes up: tables must agree within bounded time, and nothing may be left on the way. */
    void demandConvergence() {
        sim.network().heal();
        sim.network().policy(LinkPolicy.LAN);
        for (NodeId id : cluster.nodes) {
            if (!sim.isUp(id)) {
                sim.restart(id);
            }
        }
        cluster.settle();
        boolean came = sim.runUntil(() -> BrokerInvariants.divergence(live()) == null, Time.seconds(30));
        Check.that(came, "liveness: tables agree in time");
        came = sim.runUntil(() -> history.inFlight() == 0, Time.seconds(10));
        Check.that(came, "liveness: every QoS 1 publish of a connected client is answered");
        sim.runFor(Time.seconds(2));
        BrokerInvariants.checkConverged(live());
    }

    private List<BrokerNode> live() {
        List<BrokerNode> live = new ArrayList<>();
        for (NodeId id : cluster.nodes) {
            if (sim.isUp(id)) {
                live.add(sim.protocol(id, BrokerNode.class));
            }
        }
        return live;
    }
}
