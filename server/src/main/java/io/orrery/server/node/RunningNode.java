package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.input.Inputs;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.CounterSink;
import io.orrery.kernel.host.HostException;
import io.orrery.kernel.host.NodeThread;
import io.orrery.server.admin.AdminException;
import io.orrery.server.config.Address;
import io.orrery.server.keys.KeyExchange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** One incarnation of a node: broker, thread and transport. Safe for use by any thread. */
final class RunningNode implements AutoCloseable {
    private static final long ANSWER_MILLIS_MAX = 5_000;

    private final HeardTransport transport;
    private final Function<String, CompletableFuture<NodeId>> dial;
    private final Supplier<Address> address;
    private final Consumer<CounterSink> transportCounters;
    private KeyExchange keys;
    private Supplier<String> refusals = () -> "";
    private NodeThread thread;
    private Inputs inputs;

    /**
     * @param dial finds out which node is at an address
     * @param address that others are told; known once the transport has started
     * @param transportCounters hands over each counter of the transport
     */
    RunningNode(
            HeardTransport transport,
            Function<String, CompletableFuture<NodeId>> dial,
            Supplier<Address> address,
            Consumer<CounterSink> transportCounters) {
        this.transport = transport;
        this.dial = dial;
        this.address = address;
        this.transportCounters = transportCounters;
    }

    /** Sets whom to ask about other nodes' keys; null if this node does not encrypt. */
    RunningNode keys(KeyExchange exchange) {
        keys = exchange;
        return this;
    }

    KeyExchange keys() {
        return keys;
    }

    /** Sets whom to ask why this node and another last refused each other. */
    RunningNode refusals(Supplier<String> last) {
        refusals = last;
        return this;
    }

    /** Why this node's transport and another's last refused each other; empty if none did. */
    String lastRefusal() {
        return refusals.get();
    }

    void runsOn(NodeThread started) {
        thread = started;
        if (started.protocol() instanceof BrokerNode broker) {
            inputs = new Inputs(broker, started.tape());
        }
    }

    HeardTransport transport() {
        return transport;
    }

    NodeThread thread() {
        return thread;
    }

    /** Where other nodes reach this one. */
    Address address() {
        return address.get();
    }

    void transportCounters(CounterSink sink) {
        transportCounters.accept(sink);
    }

    /** Finds out which node is at an address. */
    CompletableFuture<NodeId> dial(Address target) {
        return dial.apply(target.toString());
    }

    /** The broker; to be touched on the node's thread alone. */
    BrokerNode broker() {
        return (BrokerNode) thread.protocol();
    }

    /** What may be done to the broker; on the node's thread alone. Null if the program did not boot. */
    Inputs inputs() {
        return inputs;
    }

    /**
     * Asks the broker on its thread and waits for the answer.
     *
     * @throws AdminException if the node does not answer, or the question throws it
     */
    <T> T ask(Function<BrokerNode, T> question) {
        return ask(question, ANSWER_MILLIS_MAX);
    }

    /** The same with less patience, or more. */
    <T> T ask(Function<BrokerNode, T> question, long millisMax) {
        return await(thread.call(() -> question.apply(broker())), millisMax);
    }

    static <T> T await(CompletableFuture<T> answer) {
        return await(answer, ANSWER_MILLIS_MAX);
    }

    private static <T> T await(CompletableFuture<T> answer, long millisMax) {
        try {
            return answer.get(millisMax, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AdminException(
                    AdminException.TIMEOUT,
                    "the node's thread does not answer",
                    "it is stuck in an event, or the machine is overloaded",
                    "orrery get groups   on another node shows whether the cluster goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(AdminException.NOT_NOW, "the node is stopping", "", "");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HostException gone) {
                throw new AdminException(AdminException.NOT_NOW, gone.getMessage(), "", "");
            }
            if (e.getCause() instanceof AdminException refused) {
                throw refused;
            }
            throw new IllegalStateException("a question to the node failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
