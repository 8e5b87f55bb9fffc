package io.orrery.broker.input;

import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.kernel.Check;
import java.util.TreeMap;

/** Does to a node again what was noted of its inputs. Links lead nowhere; what they answered then the tape says. */
public final class InputReplay {
    private static final int ENDED_KEPT_MAX = 1_024;

    private final Inputs inputs;
    private final TreeMap<Long, ClientInputs> clients = new TreeMap<>();
    private long connects;
    private int sizeAfterSweep;

    public InputReplay(Inputs inputs) {
        this.inputs = inputs;
    }

    public void perform(Input input) {
        if (input instanceof Input.Connect connect) {
            sweep();
            clients.put(connects++, inputs.connect(connect.request(), NOWHERE));
        } else if (input instanceof Input.Publish publish) {
            client(publish.client()).publish(publish.message(), publish.packetId());
        } else if (input instanceof Input.PubAck ack) {
            client(ack.client()).onPubAck(ack.packetId());
        } else if (input instanceof Input.Subscribe subscribe) {
            client(subscribe.client()).subscribe(subscribe.request());
        } else if (input instanceof Input.Unsubscribe unsubscribe) {
            client(unsubscribe.client()).unsubscribe(unsubscribe.filter());
        } else if (input instanceof Input.Writable writable) {
            client(writable.client()).onWritable();
        } else if (input instanceof Input.Disconnect disconnect) {
            client(disconnect.client()).onDisconnect(disconnect.reason());
        } else if (input instanceof Input.LinkLost lost) {
            client(lost.client()).onLinkLost();
        } else if (input instanceof Input.End end) {
            client(end.client()).end(end.reason(), end.withWill());
        } else {
            performForNode(input);
        }
    }

    private void performForNode(Input input) {
        if (input instanceof Input.Join join) {
            inputs.join(join.seeds());
        } else if (input instanceof Input.Init) {
            inputs.init();
        } else if (input instanceof Input.Stay) {
            inputs.stay();
        } else if (input instanceof Input.Forget forget) {
            inputs.forget(forget.node(), reason -> {});
        } else if (input instanceof Input.ChangeNamespace change) {
            inputs.changeNamespace(change.adds(), change.name(), outcome -> {});
        } else if (input instanceof Input.RegisterClient client) {
            inputs.registerClient(client, outcome -> {});
        } else if (input instanceof Input.UnregisterClient client) {
            inputs.unregisterClient(client, outcome -> {});
        } else if (input instanceof Input.HandOver) {
            inputs.maybeHandOver();
        } else if (input instanceof Input.Transfer transfer) {
            inputs.maybeTransferTo(transfer.to());
        } else if (input instanceof Input.Recover recover) {
            inputs.recover(recover.voters(), (isDone, words) -> {});
        } else {
            Check.that(input instanceof Input.Farewell, "every kind of input can be performed");
            inputs.farewell(() -> {});
        }
    }

    private ClientInputs client(long number) {
        ClientInputs client = clients.get(number);
        if (client == null || client.outcome().session() == null) {
            throw new IllegalStateException("no client of number " + number + " is connected");
        }
        return client;
    }

    /** Forgets clients that are gone, now and then: nothing is done to them any more. */
    private void sweep() {
        if (clients.size() > 2 * sizeAfterSweep + ENDED_KEPT_MAX) {
            clients.values().removeIf(client -> !client.isOpen());
            sizeAfterSweep = clients.size();
        }
    }

    private static final ClientLink NOWHERE = new ClientLink() {
        @Override
        public boolean publish(
                Message message, int qos, boolean retain, int packetId, boolean duplicate, int[] subscriptionIds) {
            return true;
        }

        @Override
        public void pubAck(int packetId, ReasonCode reason) {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void pauseReading(boolean pause) {}

        @Override
        public void close(ReasonCode reason) {}
    };
}
