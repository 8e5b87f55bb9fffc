package io.orrery.server.node;

import io.orrery.broker.boot.Electorate;
import io.orrery.broker.input.Inputs;
import io.orrery.kernel.NodeId;
import io.orrery.server.admin.AdminException;
import io.orrery.server.config.Address;
import io.orrery.server.config.Keys;
import io.orrery.server.config.Seed;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.node.DataHome.Beginning;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a running node from one cluster to another. What the node agreed on with the old one is put aside on disk, its
 * clients are sent away, and its program starts anew; a node never votes in two clusters with one memory. One at a time.
 */
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private final ServerNode node;
    private final ReentrantLock lock = new ReentrantLock();

    Migration(ServerNode node) {
        this.node = node;
    }

    /**
     * Joins the cluster of another node; returns when this node has its place there.
     *
     * @throws AdminException if it is in a cluster with others, or the other node cannot be reached or refuses; then
     *     nothing has changed. With TIMEOUT it goes on trying
     */
    void join(String text) {
        alone(() -> {
            Suggestion target = target(text);
            if (node.self().equals(target.node())) {
                throw refused("a node cannot join itself", "", "");
            }
            NodeId found = dial(target);
            if (isMember(found)) {
                return;
            }
            requireAlone(found);
            SortedMap<NodeId, String> peers = new TreeMap<>();
            peers.put(found, target.address().toString());
            LOG.info(
                    "{} joins the cluster of {}: it starts anew, its own cluster state is put aside",
                    node.self(),
                    found);
            restart("join", Beginning.JOINED, peers, Electorate.NOBODY);
            awaitPlace();
        });
    }

    /**
     * Leaves the cluster; afterwards the node is a cluster of its own.
     *
     * @throws AdminException if it is alone, or the others do not confirm
     */
    void leave() {
        alone(() -> {
            if (node.ask(broker -> broker.clusterState().nodes().size() <= 1
                    && broker.membership().livePeers().isEmpty())) {
                throw refused("this node is in no cluster with others", "", "");
            }
            HandOver.await(node);
            remove(node.self());
            CompletableFuture<Void> said = new CompletableFuture<>();
            change(inputs -> inputs.farewell(() -> said.complete(null)));
            wait(said, "the others to be told");
            restart("leave", Beginning.FORMED, new TreeMap<>(), Electorate.named(List.of(node.self())));
            awaitPlace();
        });
    }

    /**
     * Forms a cluster of this node alone.
     *
     * @throws AdminException if it is of a cluster, or will form one with others
     */
    void init() {
        alone(() -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            change(inputs -> answer.complete(inputs.init()));
            String reason = wait(answer, "the node");
            if (!reason.isEmpty()) {
                throw refused("no cluster was formed", reason, "orrery cluster status");
            }
            awaitPlace();
        });
    }

    /** Has another node forgotten, which must not run. */
    void removeOther(String name) {
        alone(() -> {
            if (name.equals(node.self().name())) {
                throw refused("a node does not remove itself", "", "orrery cluster leave");
            }
            NodeId other = nodeId(name);
            boolean isKnown = node.ask(broker -> broker.clusterState().nodes().containsKey(other)
                    || broker.group().configuration().isMember(other));
            if (!isKnown) {
                throw new AdminException(
                        AdminException.NOT_FOUND, "no node of the cluster is called " + name, "", "orrery get members");
            }
            remove(other);
        });
    }

    private void remove(NodeId leaving) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        change(inputs -> inputs.forget(leaving, answer::complete));
        String reason = wait(answer, "the leader to confirm");
        if (!reason.isEmpty()) {
            if (leaving.equals(node.self())) {
                change(Inputs::stay);
            }
            throw refused(
                    "the cluster does not let " + leaving + " go",
                    reason,
                    "orrery get groups   shows its leader; a node that runs leaves by   orrery cluster leave   on itself");
        }
    }

    /** Does something to the node, on its thread. */
    private void change(Consumer<Inputs> step) {
        RunningNode running = node.running();
        node.ask(broker -> {
            step.accept(running.inputs());
            return null;
        });
    }

    private void restart(String occasion, Beginning beginning, SortedMap<NodeId, String> peers, Electorate electorate) {
        node.mqtt().dropAll();
        node.halt();
        try {
            node.home().setAside(NodeAssembly.CLUSTER_STATE, occasion, beginning);
            node.savePeers(peers);
            node.boot(electorate);
        } catch (ProblemException e) {
            node.fail(e);
            throw new AdminException(
                    AdminException.NOT_NOW,
                    e.getMessage(),
                    "the node stopped and cannot start anew",
                    "its log says more");
        }
    }

    private void awaitPlace() {
        long nanos = node.settings().config().value(Keys.CLUSTER_JOIN_TIMEOUT);
        boolean isThere = Waiting.maybe(
                () -> node.ask(
                        broker -> broker.keeper().isSettled() && broker.keeper().isRegistered()),
                nanos);
        if (!isThere) {
            throw new AdminException(
                    AdminException.TIMEOUT,
                    "the node has no place in the cluster yet; it goes on trying",
                    "no leader answered: a majority of the cluster's voters must be up",
                    "orrery cluster status");
        }
    }

    /** What an operator may write: a name that is known, name@host with or without port, or host:port. */
    private Suggestion target(String text) {
        try {
            Optional<Suggestion> known = node.discovery().find(NodeId.of(text));
            if (known.isPresent()) {
                return known.get();
            }
            if (text.indexOf('@') > 0 || text.indexOf('=') > 0) {
                Seed seed = Seed.parse(text);
                return new Suggestion(seed.node(), seed.address());
            }
            return new Suggestion(null, Address.parse(text));
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    AdminException.BAD_REQUEST,
                    "'" + text + "' " + e.getMessage(),
                    "it names no node",
                    "orrery cluster join name@host");
        }
    }

    private NodeId dial(Suggestion target) {
        try {
            NodeId found = Seeker.found(target.address(), node.running().dial(target.address()));
            if (found.equals(node.self())) {
                throw refused("a node cannot join itself", target.address() + " is this node", "");
            }
            if (target.node() != null && !target.node().equals(found)) {
                throw refused(
                        "the node at " + target.address() + " is called " + found + ", not " + target.node(),
                        "",
                        "orrery cluster join " + target.address());
            }
            return found;
        } catch (ProblemException e) {
            int status = e.exitCode() == ExitCode.REFUSED ? AdminException.REFUSED : AdminException.UNREACHABLE;
            throw new AdminException(
                    status,
                    e.getMessage(),
                    "",
                    status == AdminException.REFUSED ? "" : "is it running, and is this its cluster port?");
        }
    }

    private boolean isMember(NodeId other) {
        return node.ask(broker -> broker.clusterState().nodes().containsKey(other)
                && broker.membership().livePeers().contains(other));
    }

    private void requireAlone(NodeId other) {
        List<NodeId> mine = node.ask(broker -> {
            TreeMap<NodeId, Object> others = new TreeMap<>(broker.clusterState().nodes());
            broker.group().configuration().members().forEach(member -> others.put(member, member));
            others.remove(node.self());
            return List.copyOf(others.keySet());
        });
        if (!mine.isEmpty()) {
            throw refused(
                    "this node is in a cluster with " + mine + " and cannot join that of " + other,
                    "two clusters are never merged: each has a state of its own",
                    "orrery cluster leave   first");
        }
    }

    private static NodeId nodeId(String name) {
        try {
            return NodeId.of(name);
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminException.BAD_REQUEST, "'" + name + "': " + e.getMessage(), "", "");
        }
    }

    private static AdminException refused(String what, String why, String next) {
        return new AdminException(AdminException.REFUSED, what, why, next);
    }

    private static <T> T wait(CompletableFuture<T> answer, String what) {
        if (!Waiting.maybe(answer::isDone, Waiting.BOOT_NANOS_MAX)) {
            throw new AdminException(
                    AdminException.TIMEOUT, "waited too long for " + what, "", "orrery cluster status");
        }
        return answer.join();
    }

    private void alone(Runnable step) {
        if (!lock.tryLock()) {
            throw refused("the node is joining or leaving already", "", "orrery cluster status");
        }
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
