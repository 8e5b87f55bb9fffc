package io.orrery.broker;

import io.orrery.broker.forward.Forwarder;
import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.route.RouteTable;
import io.orrery.broker.route.RowCodec;
import io.orrery.broker.session.ClientDirectory;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ClientSession;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.PendingPublish;
import io.orrery.broker.session.PublishOutcome;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SessionCounters;
import io.orrery.broker.session.SessionHost;
import io.orrery.broker.session.SessionLimits;
import io.orrery.broker.session.SessionRegistry;
import io.orrery.broker.session.SubscriptionTable;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.MembershipListener;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import java.util.List;

/**
 * What a node does for its clients: their sessions, the rows by which other nodes know of them, and the way of their messages.
 *
 * <pre>
 *   listener ──connect──► sessions ──filters──► route table ◄──rows of peers── owner log ◄── membership
 *                            │                      │
 *                            └──publish──► router ──┴──► subscriptions here, links to other nodes
 * </pre>
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>I1 this node's rows in the route table are exactly the filters of its open sessions;
 *   <li>I2 the route table has rows of a peer only while membership holds it live, at the generation it has there;
 *   <li>I3 no session is open before this node's generation is durable.
 * </ul>
 *
 * <p>For the node's thread.
 */
final class ClientService implements SessionHost {
    final BrokerCounters brokerCounters = new BrokerCounters();
    final ClientDirectory directory = new ClientDirectory();
    final RouteTable routes;
    final SessionRegistry registry;
    final Forwarder forwarder;
    final OwnerLog ownerLog;
    private final Kernel kernel;
    private final BrokerConfig config;
    private final Membership membership;
    private final SessionCounters counters = new SessionCounters();
    private final SubscriptionTable subscriptions;
    private final SharedRegistry shared;
    private final Router router;
    private final RowFeed feed;
    private long generation;

    /**
     * @param bound the same kernel, for what is said within one cluster
     * @param watcher is told of members within the events that tell this service
     */
    ClientService(
            Kernel kernel,
            Kernel bound,
            BrokerConfig config,
            Membership membership,
            GossipRules rules,
            MembershipListener watcher) {
        this.kernel = kernel;
        this.config = config;
        this.membership = membership;
        long salt = kernel.prng().fork("topic-hash").nextLong();
        routes = new RouteTable(salt);
        subscriptions = new SubscriptionTable(salt);
        registry = new SessionRegistry(this, config.sessionsMax());
        forwarder = new Forwarder(
                bound.scope("forward"),
                config.forward(),
                BrokerConfig.NODES_MAX,
                () -> generation,
                message -> subscriptions().deliver(message, null));
        router = new Router(kernel, routes, subscriptions, forwarder, brokerCounters);
        feed = new RowFeed(kernel, routes, directory, registry, forwarder, brokerCounters);
        ownerLog = new OwnerLog(bound.scope("rows"), membership, config.ownerLog(), feed, rules);
        membership.listen(new MembershipListener() {
            @Override
            public void onChange(Member before, Member after) {
                if (after.node().equals(kernel.self())) {
                    onSelf();
                }
                watcher.onChange(before, after);
            }

            @Override
            public void onReaped(Member last) {
                watcher.onReaped(last);
            }
        });
        shared = new SharedRegistry(bound.scope("registry"), membership, config, registry);
    }

    void start() {
        ownerLog.start();
        shared.registry().start();
    }

    // ---- clients

    /** Whether clients may connect: this node knows which life of itself it lives. */
    boolean isReady() {
        return generation > 0;
    }

    /** Takes a client. The listener enforces keep-alive and packet sizes; the session does the rest. */
    ConnectOutcome connect(ConnectRequest request, ClientLink link) {
        if (!isReady()) {
            kernel.trace().reached(BrokerMarks.CONNECT_TOO_EARLY);
            return ConnectOutcome.refused(ReasonCode.SERVER_UNAVAILABLE);
        }
        ClientSession earlier = registry.find(request.clientId());
        if (earlier != null) {
            kernel.trace().reached(BrokerMarks.TAKEN_OVER_HERE);
        }
        long known = Math.max(directory.stamp(request.clientId()), earlier == null ? 0 : earlier.stamp());
        ConnectOutcome outcome = registry.connect(request, link, Math.max(kernel.wallMillis(), known + 1));
        if (outcome.isAccepted() && config.tracksClients()) {
            ClientSession session = outcome.session();
            ownerLog.add(RowCodec.ofClient(session.clientId(), session.stamp()));
            shared.onConnected(session);
        }
        return outcome;
    }

    /** Ends all sessions from this side; their wills are published. */
    void closeSessions(ReasonCode reason) {
        for (ClientSession session : registry.all()) {
            session.end(reason, true);
        }
    }

    @Override
    public void onSessionEnded(ClientSession session) {
        registry.remove(session);
        if (config.tracksClients()) {
            ownerLog.remove(RowCodec.ofClient(session.clientId(), session.stamp()));
        }
        shared.onEnded(session);
    }

    @Override
    public void onFilterAdded(TopicFilter filter) {
        Check.that(isReady(), "I3: sessions are open only in a life that is known");
        boolean added = routes.add(kernel.self(), generation, filter);
        Check.that(added, "I1: a filter that is new here is a new row", routes.rowCount());
        ownerLog.add(RowCodec.ofFilter(filter));
    }

    @Override
    public void onFilterRemoved(TopicFilter filter) {
        boolean removed = routes.remove(kernel.self(), filter);
        Check.that(removed, "I1: a filter of this node is its row", routes.rowCount());
        ownerLog.remove(RowCodec.ofFilter(filter));
    }

    @Override
    public PublishOutcome publish(ClientSession from, Message message, PendingPublish pending) {
        return router.publish(from, message, pending);
    }

    /**
     * Publishes on behalf of no client, without acknowledgement: for tools.
     *
     * @throws IllegalArgumentException if the message is larger than a client's may be
     */
    PublishOutcome publish(Message message) {
        Check.argument(
                !message.isLargerThan(config.session().messageBytesMax()), "a message is within the limit of clients");
        return router.publish(null, message, null);
    }

    // ---- members

    /** What this node says of itself changed. */
    private void onSelf() {
        long before = generation;
        generation = membership.self().incarnation().generation();
        if (before != generation && before != 0) {
            reown();
        }
    }

    /** A peer remembered a later life of this node than this one thought: the rows move to the new generation. */
    private void reown() {
        List<TopicFilter> filters = routes.filters(kernel.self());
        routes.clear(kernel.self());
        feed.sweepLater();
        for (TopicFilter filter : filters) {
            routes.add(kernel.self(), generation, filter);
        }
    }

    /** This node is of a cluster again: what others tell counts. */
    void attach() {
        feed.attach();
    }

    /** It has left: what it knew of others no longer counts. */
    void detach() {
        feed.detach();
    }

    // ---- what can be seen

    /** Namespaces, registered clients, and where clients are connected. */
    Registry shared() {
        return shared.registry();
    }

    /** This node's generation; 0 until it is durable. */
    long generation() {
        return generation;
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public SessionLimits limits() {
        return config.session();
    }

    @Override
    public SessionCounters counters() {
        return counters;
    }

    @Override
    public SubscriptionTable subscriptions() {
        return subscriptions;
    }

    void describeCounts(Description out) {
        out.value("generation", generation);
        out.value("sessions", registry.size());
        out.value("filters", subscriptions.filterCount());
    }

    void describeRoutes(Description out) {
        out.begin("routes");
        for (RouteOwner owner : routes.owners()) {
            out.value(owner.node().name(), owner.rowCount());
        }
        out.end();
    }

    void checkInvariants() {
        ownerLog.checkInvariants();
        shared.registry().checkInvariants();
        RouteOwner own = routes.owner(kernel.self());
        long rows = own == null ? 0 : own.rowCount();
        Check.that(rows == subscriptions.filterCount(), "I1: own rows are the sessions' filters", rows);
        Check.that(isReady() || registry.size() == 0, "I3: sessions are open only in a life that is known");
    }
}
