package io.orrery.broker.input;

import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SubscribeRequest;

/** What one client does to its session; see {@link ClientSession} for each. For the node's thread. */
public final class ClientInputs {
    private final Inputs inputs;
    private final long number;
    private final ConnectOutcome outcome;
    private final ClientSession session;

    ClientInputs(Inputs inputs, long number, ConnectOutcome outcome) {
        this.inputs = inputs;
        this.number = number;
        this.outcome = outcome;
        this.session = outcome.session();
    }

    /** Whether the client was taken, and why not. */
    public ConnectOutcome outcome() {
        return outcome;
    }

    /** Whether there is a session, and it has not ended. */
    public boolean isOpen() {
        return session != null && session.isOpen();
    }

    public void publish(Message message, int packetId) {
        if (inputs.isTaped()) {
            inputs.note(new Input.Publish(number, message, packetId));
        }
        session.publish(message, packetId);
    }

    public void onPubAck(int packetId) {
        if (inputs.isTaped()) {
            inputs.note(new Input.PubAck(number, packetId));
        }
        session.onPubAck(packetId);
    }

    public ReasonCode subscribe(SubscribeRequest request) {
        if (inputs.isTaped()) {
            inputs.note(new Input.Subscribe(number, request));
        }
        return session.subscribe(request);
    }

    public ReasonCode unsubscribe(String filter) {
        if (inputs.isTaped()) {
            inputs.note(new Input.Unsubscribe(number, filter));
        }
        return session.unsubscribe(filter);
    }

    public void onWritable() {
        if (inputs.isTaped()) {
            inputs.note(new Input.Writable(number));
        }
        session.onWritable();
    }

    public void onDisconnect(ReasonCode reason) {
        if (inputs.isTaped()) {
            inputs.note(new Input.Disconnect(number, reason));
        }
        session.onDisconnect(reason);
    }

    public void onLinkLost() {
        if (inputs.isTaped()) {
            inputs.note(new Input.LinkLost(number));
        }
        session.onLinkLost();
    }

    public void end(ReasonCode reason, boolean withWill) {
        if (inputs.isTaped()) {
            inputs.note(new Input.End(number, reason, withWill));
        }
        session.end(reason, withWill);
    }
}
