package io.orrery.broker.input;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.cluster.RemovalCallback;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.gossip.registry.Clients;
import io.orrery.gossip.registry.Namespaces;
import io.orrery.gossip.registry.WriteOutcome;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.journal.Tape;
import io.orrery.raft.RecoveryCallback;
import java.util.List;

/**
 * The door of one incarnation of a broker node: whatever changes it from outside comes through here, and is noted if a
 * journal is kept. Without a journal it costs a test for null.
 *
 * <p>For the node's thread, inside an event.
 */
public final class Inputs {
    private final BrokerNode broker;
    private final Tape tape;
    private final Encoder encoder = new Encoder();
    private long clients;

    /**
     * @param tape null if no journal is kept
     */
    public Inputs(BrokerNode broker, Tape tape) {
        this.broker = broker;
        this.tape = tape;
    }

    /** The node, to be looked at. */
    public BrokerNode broker() {
        return broker;
    }

    boolean isTaped() {
        return tape != null && tape.isOn();
    }

    void note(Input input) {
        encoder.clear();
        InputCodec.INSTANCE.encode(input, encoder);
        tape.input(encoder.buffer(), 0, encoder.position());
    }

    /** Opens a session; see {@link BrokerNode#connect}. */
    public ClientInputs connect(ConnectRequest request, ClientLink link) {
        long number = clients++;
        ClientLink heard = link;
        if (isTaped()) {
            note(new Input.Connect(request));
            heard = new TapedLink(number, link, tape);
        }
        ConnectOutcome outcome = broker.connect(request, heard);
        return new ClientInputs(this, number, outcome);
    }

    /** See {@link BrokerNode#join}. */
    public void join(List<NodeId> seeds) {
        if (isTaped()) {
            note(new Input.Join(seeds));
        }
        broker.join(seeds);
    }

    /** Forms a cluster of this node alone; see {@link io.orrery.broker.boot.FirstBoot#init}. */
    public String init() {
        if (isTaped()) {
            note(new Input.Init());
        }
        return broker.boot().init();
    }

    /** Asks for a place in the cluster again, after a leave that failed. */
    public void stay() {
        if (isTaped()) {
            note(new Input.Stay());
        }
        broker.keeper().join();
    }

    /** See {@link BrokerNode#forget}. */
    public void forget(NodeId node, RemovalCallback done) {
        if (isTaped()) {
            note(new Input.Forget(node));
        }
        broker.forget(node, done);
    }

    /**
     * See {@link io.orrery.gossip.registry.Namespaces}.
     *
     * @throws IllegalArgumentException if it is no name
     */
    public void changeNamespace(boolean adds, String name, WriteOutcome.Callback done) {
        Namespaces.checkName(name);
        if (isTaped()) {
            note(new Input.ChangeNamespace(adds, name));
        }
        if (adds) {
            broker.registry().namespaces().add(name, done);
        } else {
            broker.registry().namespaces().remove(name, done);
        }
    }

    /**
     * See {@link io.orrery.gossip.registry.Clients}.
     *
     * @throws IllegalArgumentException if a name is none, or something is too long
     */
    public void registerClient(Input.RegisterClient client, WriteOutcome.Callback done) {
        Clients.check(client.namespace(), client.clientId(), client.purposes(), client.description());
        if (isTaped()) {
            note(client);
        }
        broker.registry()
                .clients()
                .put(client.namespace(), client.clientId(), client.purposes(), client.description(), done);
    }

    /**
     * See {@link io.orrery.gossip.registry.Clients}.
     *
     * @throws IllegalArgumentException if a name is none
     */
    public void unregisterClient(Input.UnregisterClient client, WriteOutcome.Callback done) {
        Clients.check(client.namespace(), client.clientId(), List.of(), "");
        if (isTaped()) {
            note(client);
        }
        broker.registry().clients().remove(client.namespace(), client.clientId(), done);
    }

    /** See {@link io.orrery.raft.RaftGroup#maybeHandOver}. */
    public boolean maybeHandOver() {
        if (isTaped()) {
            note(new Input.HandOver());
        }
        return broker.group().maybeHandOver();
    }

    /** See {@link io.orrery.raft.RaftGroup#maybeTransferTo}. */
    public boolean maybeTransferTo(NodeId to) {
        if (isTaped()) {
            note(new Input.Transfer(to));
        }
        return broker.group().maybeTransferTo(to);
    }

    /** See {@link io.orrery.raft.RaftGroup#recover}. */
    public void recover(List<NodeId> voters, RecoveryCallback done) {
        if (isTaped()) {
            note(new Input.Recover(voters));
        }
        broker.group().recover(voters, done);
    }

    /**
     * Tells the members that this node goes.
     *
     * @param done runs when they have been told, as well as may be
     */
    public void farewell(Runnable done) {
        if (isTaped()) {
            note(new Input.Farewell());
        }
        broker.membership().leave(done);
    }
}
