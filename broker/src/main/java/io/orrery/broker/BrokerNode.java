package io.orrery.broker;

import io.orrery.broker.boot.BootOutcome;
import io.orrery.broker.boot.BoundKernel;
import io.orrery.broker.boot.FirstBoot;
import io.orrery.broker.cluster.ClusterCommand;
import io.orrery.broker.cluster.ClusterCommandCodec;
import io.orrery.broker.cluster.ClusterKeeper;
import io.orrery.broker.cluster.ClusterOutcome;
import io.orrery.broker.cluster.ClusterState;
import io.orrery.broker.cluster.ClusterStateMachine;
import io.orrery.broker.cluster.ClusterStatus;
import io.orrery.broker.cluster.RemovalCallback;
import io.orrery.broker.forward.ForwardCounters;
import io.orrery.broker.forward.Forwarder;
import io.orrery.broker.heal.Healer;
import io.orrery.broker.route.RouteTable;
import io.orrery.broker.session.ClientDirectory;
import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.ConnectOutcome;
import io.orrery.broker.session.ConnectRequest;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.PublishOutcome;
import io.orrery.broker.session.ReasonCode;
import io.orrery.broker.session.SessionCounters;
import io.orrery.broker.session.SessionRegistry;
import io.orrery.broker.session.SubscriptionTable;
import io.orrery.gossip.Member;
import io.orrery.gossip.Membership;
import io.orrery.gossip.MembershipListener;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.rules.RaftRules;
import java.util.List;
import java.util.TreeMap;

/**
 * A node of the broker: the root protocol, which owns all others and joins them up.
 *
 * <pre>
 *   first boot ──► which cluster         membership ──► who is there
 *
 *   clients ──► client service ──► rows and messages of and for other nodes
 *
 *   cluster state ◄── Raft group 0 ◄── write-ahead log          keeper: who belongs to the group
 * </pre>
 *
 * <p>For the node's thread, like everything on the kernel.
 */
public final class BrokerNode implements Protocol {
    /** The metadata key under which a member tells its role. */
    public static final String ROLE = "role";

    private final Kernel kernel;
    private final BrokerConfig config;
    private final FirstBoot boot;
    private final ClusterStateMachine machine = new ClusterStateMachine();
    private final Membership membership;
    private final ClientService service;
    private final Wal wal;
    private final RaftGroup group;
    private final ProposalForwarder proposals;
    private final ClusterKeeper keeper;
    private final Healer healer;
    private MembershipListener watcher = (before, after) -> {};
    private boolean left;

    /**
     * @param book is told where members can be reached
     */
    public BrokerNode(Kernel kernel, BrokerConfig config, AddressBook book) {
        this(kernel, config, book, GossipRules.STANDARD, RaftRules.PAPER);
    }

    /** With other rules, for tests that plant a bug. */
    public BrokerNode(
            Kernel kernel, BrokerConfig config, AddressBook book, GossipRules gossipRules, RaftRules raftRules) {
        this.kernel = kernel;
        this.config = config;
        boot = config.boot() == null
                ? null
                : new FirstBoot(
                        kernel.scope("boot"),
                        config.boot(),
                        config.gossip().cluster(),
                        config.address(),
                        book,
                        this::onBooted);
        Kernel bound = boot == null ? kernel : new BoundKernel(kernel, boot::id);
        membership = new Membership(kernel.scope("gossip"), config.gossip(), config.address(), book, gossipRules);
        TreeMap<String, String> metadata = new TreeMap<>(config.metadata());
        metadata.put(ROLE, config.role().text());
        membership.metadata(metadata);
        service = new ClientService(kernel, bound, config, membership, gossipRules, new MembershipListener() {
            @Override
            public void onChange(Member before, Member after) {
                watcher.onChange(before, after);
            }

            @Override
            public void onReaped(Member last) {
                watcher.onReaped(last);
            }
        });
        wal = new Wal(kernel.scope("wal"), config.wal());
        group = new RaftGroup(bound.scope("raft-0"), config.group(), wal, machine, raftRules);
        proposals = new ProposalForwarder(bound.scope("proposals"), group, config.proposals());
        keeper = new ClusterKeeper(
                bound.scope("keeper"), config.keeper(), config.role(), membership, group, proposals, machine.state());
        healer = new Healer(
                bound.scope("healer"), config.keeper().healWaitNanos(), membership, group, proposals, machine.state());
    }

    /** Tells one more what changes of the members, within the events that tell this node: no event is added. */
    public void watch(MembershipListener newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public void start() {
        if (boot != null) {
            boot.start();
        } else {
            startParts();
        }
    }

    /** This node knows which cluster it is of: the rest of it starts. */
    private void onBooted(BootOutcome outcome) {
        membership.clusterId(outcome.id());
        group.beginWith(Configuration.ofVoters(outcome.voters()), outcome.isFirst());
        startParts();
        membership.join(outcome.contacts());
    }

    private void startParts() {
        wal.start();
        group.start();
        proposals.start();
        membership.start();
        service.start();
        keeper.start();
        healer.start();
        if (!config.seeds().isEmpty()) {
            membership.join(config.seeds());
        }
    }

    // ---- clients

    /** Whether clients may connect: this node knows which life of itself it lives. */
    public boolean isReady() {
        return service.isReady();
    }

    /** Takes a client. The listener enforces keep-alive and packet sizes; the session does the rest. */
    public ConnectOutcome connect(ConnectRequest request, ClientLink link) {
        return service.connect(request, link);
    }

    /** Ends all sessions from this side; their wills are published. */
    public void closeSessions(ReasonCode reason) {
        service.closeSessions(reason);
    }

    /**
     * Publishes on behalf of no client, without acknowledgement: for tools.
     *
     * @throws IllegalArgumentException if the message is larger than a client's may be
     */
    public PublishOutcome publish(Message message) {
        return service.publish(message);
    }

    // ---- members

    /** Contacts members of a cluster and asks for a place in it. */
    public void join(List<NodeId> seeds) {
        if (left) {
            kernel.trace().reached(BrokerMarks.NODE_CAME_BACK);
        }
        left = false;
        if (boot != null && boot.id().isNone()) {
            boot.contact(seeds);
            return;
        }
        service.attach();
        membership.join(seeds);
        keeper.join();
    }

    /**
     * Leaves the cluster: the configuration of Raft group 0 first, then the members. Clients stay connected; what they
     * publish reaches nobody elsewhere any more.
     *
     * @param done runs when both are over, also when no leader answered
     */
    public void leave(Runnable done) {
        keeper.remove(
                kernel.self(),
                reason -> membership.leave(() -> {
                    kernel.trace().reached(BrokerMarks.NODE_LEFT);
                    left = true;
                    service.detach();
                    done.run();
                }));
    }

    /** Has a node that does not run forgotten: it is no longer listed as stopped, and has no vote. */
    public void forget(NodeId node, RemovalCallback done) {
        keeper.remove(node, done);
    }

    // ---- the cluster's state

    /** Changes the cluster's state, wherever its leader is. */
    public void propose(ClusterCommand command, ClusterOutcome.Callback done) {
        proposals.propose(
                ClusterCommandCodec.INSTANCE.encode(command), outcome -> done.onOutcome(ClusterOutcome.of(outcome)));
    }

    // ---- what can be seen

    public NodeId self() {
        return kernel.self();
    }

    public BrokerConfig config() {
        return config;
    }

    public Membership membership() {
        return membership;
    }

    /** How this node finds out which cluster it is of; null if it was told. */
    public FirstBoot boot() {
        return boot;
    }

    public OwnerLog ownerLog() {
        return service.ownerLog;
    }

    /** Raft group 0. */
    public RaftGroup group() {
        return group;
    }

    public Wal wal() {
        return wal;
    }

    public ClusterKeeper keeper() {
        return keeper;
    }

    /** Restarts this node after a split in which it was of the minority, if that is wanted. */
    public Healer healer() {
        return healer;
    }

    /** The cluster's state as this node has applied it; it may lag behind the leader's. */
    public ClusterState clusterState() {
        return machine.state();
    }

    /** Which nodes run and which do not, as this node sees it; itself alone after it left. */
    public ClusterStatus status() {
        if (left) {
            return new ClusterStatus(List.of(self()), List.of());
        }
        return ClusterStatus.of(membership.members(), machine.state().nodes());
    }

    public RouteTable routes() {
        return service.routes;
    }

    /** The sessions open on this node. */
    public SessionRegistry sessions() {
        return service.registry;
    }

    /** Namespaces, registered clients, and where clients are connected. */
    public Registry registry() {
        return service.shared();
    }

    /** The clients of other nodes. */
    public ClientDirectory directory() {
        return service.directory;
    }

    public Forwarder forwarder() {
        return service.forwarder;
    }

    public BrokerCounters brokerCounters() {
        return service.brokerCounters;
    }

    public ForwardCounters forwardCounters() {
        return service.forwarder.counters();
    }

    public SessionCounters counters() {
        return service.counters();
    }

    public Kernel kernel() {
        return kernel;
    }

    public SubscriptionTable subscriptions() {
        return service.subscriptions();
    }

    /** This node's generation; 0 until it is durable. */
    public long generation() {
        return service.generation();
    }

    @Override
    public void describe(Description out) {
        if (boot != null) {
            out.begin("boot");
            boot.describe(out);
            out.end();
        }
        service.describeCounts(out);
        out.begin("raft");
        group.describe(out);
        out.end();
        out.begin("members");
        membership.describe(out);
        out.end();
        out.begin("rows");
        service.ownerLog.describe(out);
        out.end();
        service.describeRoutes(out);
    }

    @Override
    public void checkInvariants() {
        if (boot != null) {
            boot.checkInvariants();
        }
        membership.checkInvariants();
        service.checkInvariants();
        group.checkInvariants();
        keeper.checkInvariants();
        healer.checkInvariants();
    }
}
