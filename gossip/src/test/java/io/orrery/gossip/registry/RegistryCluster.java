package io.orrery.gossip.registry;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.OddKernel;
import io.orrery.gossip.check.RegistryInvariants;
import io.orrery.gossip.registry.WriteOutcome.Kind;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A simulated cluster of {@link RegistryNode}s, n0 being everyone's seed, with the checker on. */
final class RegistryCluster {
    final Simulation sim;
    final List<NodeId> nodes = new ArrayList<>();
    final List<WriteOutcome> outcomes = new ArrayList<>();
    private final GossipConfig gossip;
    private final RegistryConfig config;
    private final RegistryInvariants invariants = new RegistryInvariants();
    private OddKernel.Firewall firewall = (from, to, channel, message) -> false;
    private boolean checked = true;

    RegistryCluster(long seed, int count) {
        this(seed, count, GossipConfig.fast("test"), RegistryConfig.fast());
    }

    RegistryCluster(long seed, int count, GossipConfig gossip, RegistryConfig config) {
        this.sim = new Simulation(seed);
        this.gossip = gossip;
        this.config = config;
        sim.addChecker((world, id) -> {
            if (checked && world.isUp(id)) {
                invariants.observe(world.protocol(id, RegistryNode.class).registry);
            }
        });
        for (int i = 0; i < count; i++) {
            nodes.add(sim.addNode("n" + i, this::boot));
        }
    }

    private RegistryNode boot(Kernel kernel) {
        OddKernel odd =
                new OddKernel(kernel, 0, (from, to, channel, message) -> firewall.drops(from, to, channel, message));
        return new RegistryNode(odd, gossip, config, List.of(NodeId.of("n0")));
    }

    /** What is sent from now on goes through this firewall. */
    RegistryCluster behind(OddKernel.Firewall newFirewall) {
        firewall = newFirewall;
        return this;
    }

    RegistryCluster unchecked() {
        checked = false;
        return this;
    }

    RegistryNode node(int index) {
        return sim.protocol(nodes.get(index), RegistryNode.class);
    }

    Registry registry(int index) {
        return node(index).registry;
    }

    Namespaces namespaces(int index) {
        return registry(index).namespaces();
    }

    SessionDirectory sessions(int index) {
        return registry(index).sessions();
    }

    void on(int index, Consumer<RegistryNode> task) {
        RegistryNode node = node(index);
        sim.onNode(nodes.get(index), () -> task.accept(node));
    }

    /** Adds a namespace and waits for the word. */
    Kind add(int index, String name) {
        return outcome(index, node -> node.registry.namespaces().add(name, outcomes::add));
    }

    Kind remove(int index, String name) {
        return outcome(index, node -> node.registry.namespaces().remove(name, outcomes::add));
    }

    Kind set(int index, String name, String field, String value) {
        return outcome(index, node -> node.registry.namespaces().set(name, field, value, outcomes::add));
    }

    Kind outcome(int index, Consumer<RegistryNode> task) {
        outcomes.clear();
        on(index, task);
        if (!within(5, () -> !outcomes.isEmpty())) {
            throw new AssertionError("no outcome");
        }
        return outcomes.get(0).kind();
    }

    void crash(int index) {
        sim.crash(nodes.get(index));
    }

    void restart(int index) {
        sim.restart(nodes.get(index));
    }

    /** Of a node that is down. */
    void wipe(int index) {
        sim.wipe(nodes.get(index));
    }

    void heal() {
        sim.network().heal();
    }

    /** Cuts the first nodes off from the others. */
    void split(int first) {
        sim.network().partition(List.of(nodes.subList(0, first), nodes.subList(first, nodes.size())));
    }

    long reached(Mark mark) {
        return sim.marks().getOrDefault(mark, 0L);
    }

    /** The names of all namespaces, as a node sees them. */
    TreeSet<String> names(int index) {
        return new TreeSet<>(namespaces(index).all().keySet());
    }

    List<Registry> live() {
        List<Registry> live = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (sim.isUp(nodes.get(i))) {
                live.add(registry(i));
            }
        }
        return live;
    }

    boolean converged() {
        return RegistryInvariants.divergence(live()) == null;
    }

    String divergence() {
        return RegistryInvariants.divergence(live());
    }

    void runFor(long seconds) {
        sim.runFor(Time.seconds(seconds));
    }

    boolean within(long seconds, BooleanSupplier condition) {
        for (int step = 0; step < seconds * 100; step++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            sim.runFor(Time.millis(10));
        }
        return condition.getAsBoolean();
    }
}
