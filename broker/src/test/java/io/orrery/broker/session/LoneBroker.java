package io.orrery.broker.session;

import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Sessions without a cluster: one node, whose publishes can be made to wait for imagined peers. */
final class LoneBroker implements Protocol, SessionHost {
    final Kernel kernel;
    final SessionLimits limits;
    final SessionCounters counters = new SessionCounters();
    final SubscriptionTable table = new SubscriptionTable(3);
    final SessionRegistry registry = new SessionRegistry(this, 10);
    final List<String> filters = new ArrayList<>();
    final List<PendingPublish> waiting = new ArrayList<>();
    boolean peersAreSlow;
    boolean overloaded;
    private long stamp;

    LoneBroker(Kernel kernel, SessionLimits limits) {
        this.kernel = kernel;
        this.limits = limits;
    }

    @Override
    public void start() {}

    RecordingClient connect(ConnectRequest request) {
        RecordingClient client = new RecordingClient(kernel);
        client.session(registry.connect(request, client, ++stamp).session());
        return client;
    }

    RecordingClient connect(String clientId) {
        return connect(ConnectRequest.of(clientId));
    }

    void publish(String topic, String text, int qos) {
        publish(null, Message.of(topic, Bytes.ofUtf8(text), qos), null);
    }

    @Override
    public PublishOutcome publish(ClientSession from, Message message, PendingPublish pending) {
        if (overloaded) {
            return PublishOutcome.OVERLOADED;
        }
        int clients = table.deliver(message, from);
        if (peersAreSlow && pending != null) {
            pending.await();
            waiting.add(pending);
            return PublishOutcome.ROUTED;
        }
        return clients == 0 ? PublishOutcome.NO_SUBSCRIBERS : PublishOutcome.ROUTED;
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public SessionLimits limits() {
        return limits;
    }

    @Override
    public SessionCounters counters() {
        return counters;
    }

    @Override
    public SubscriptionTable subscriptions() {
        return table;
    }

    @Override
    public void onFilterAdded(TopicFilter filter) {
        filters.add("+" + filter);
    }

    @Override
    public void onFilterRemoved(TopicFilter filter) {
        filters.add("-" + filter);
    }

    @Override
    public void onSessionEnded(ClientSession session) {
        registry.remove(session);
    }
}
