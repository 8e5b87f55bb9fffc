package io.orrery.server.simulation;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.check.BrokerInvariants;
import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.check.MembershipInvariants;
import io.orrery.gossip.check.OwnerLogInvariants;
import io.orrery.gossip.check.RegistryInvariants;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.swim.SuspicionTiming;
import io.orrery.kernel.NodeId;
import io.orrery.raft.check.DigestBook;
import io.orrery.raft.check.RaftInvariants;
import io.orrery.sim.Health;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that must always hold of broker nodes, looked at after each event; and what must hold in the end. */
final class ClusterOracles {
    /** The state is digested at every so many indexes: a digest costs as much as the state is large. */
    private static final long DIGEST_STRIDE = 8;

    private final Simulation sim;
    private final Health health;
    private final KeptDisks disks;
    private final RaftInvariants raft = new RaftInvariants();
    private final DigestBook digests = new DigestBook();
    private final MembershipInvariants membership;
    private final OwnerLogInvariants rows = new OwnerLogInvariants();
    private final BrokerInvariants routes = new BrokerInvariants();
    /** By node, one more than where its state was digested last. */
    private long[] digested = {};

    /** To be made before the nodes. */
    ClusterOracles(Simulation sim, GossipConfig gossip, int nodes) {
        this.sim = sim;
        this.health = new Health(sim);
        this.disks = new KeptDisks(sim);
        this.membership = membership(sim, health, gossip, nodes);
    }

    /** The safety of membership, judging accusations by the health of those concerned. */
    static MembershipInvariants membership(Simulation sim, Health health, GossipConfig gossip, int nodes) {
        MembershipInvariants invariants = new MembershipInvariants(
                (accuser, accused, nanos) -> health.areWell(accuser, accused, nanos)
                        && health.isInCore(accuser, nanos)
                        && health.isInCore(accused, nanos),
                wellNanos(gossip, nodes));
        invariants.suspicionsLast(
                SuspicionTiming.shortestNanos(
                        gossip.suspicion(), nodes, gossip.probe().intervalNanos()),
                sim::clockNanos);
        invariants.goneAreForgotten(gossip.retention());
        return invariants;
    }

    private static long shortestNanos(GossipConfig gossip, int nodes) {
        return SuspicionTiming.minNanos(
                gossip.suspicion().mult(), nodes, gossip.probe().intervalNanos());
    }

    /** As long as a suspicion that nobody confirms: whoever is well that long was so when it arose. */
    private static long wellNanos(GossipConfig gossip, int nodes) {
        return shortestNanos(gossip, nodes) * gossip.suspicion().maxMult();
    }

    Health health() {
        return health;
    }

    /** The node is about to boot. */
    void onBoot(NodeId id) {
        if (disks.maybeKept(id)) {
            membership.onDiskKept(id);
            raft.onDiskKept(id);
        } else {
            raft.onDiskHarmed(id);
        }
    }

    void afterEvent(NodeId id, BrokerNode node) {
        health.look();
        if (disks.isHarmedSinceBoot(id)) {
            raft.onDiskHarmed(id);
        }
        raft.observe(id, node.group());
        checkDigest(id, node);
        membership.observe(node.membership());
        RegistryInvariants.checkRefusals(node.registry());
        rows.observe(node.membership(), node.ownerLog(), sim.nowNanos());
        routes.afterEvent(node, sim.nowNanos());
    }

    private void checkDigest(NodeId id, BrokerNode node) {
        long applied = node.group().appliedIndex();
        if (applied % DIGEST_STRIDE != 0) {
            return;
        }
        int index = sim.network().indexOf(id);
        if (index >= digested.length) {
            digested = Arrays.copyOf(digested, 2 * index + 8);
        }
        if (digested[index] != applied + 1) {
            digested[index] = applied + 1;
            digests.note(id, applied, node.clusterState().digest());
        }
    }

    /** What keeps live nodes from agreeing; null if nothing does. */
    static String divergence(List<BrokerNode> nodes) {
        List<Membership> views = new ArrayList<>();
        List<OwnerLog> logs = new ArrayList<>();
        for (BrokerNode node : nodes) {
            views.add(node.membership());
            logs.add(node.ownerLog());
        }
        String members = MembershipInvariants.divergence(views);
        if (members != null) {
            return members;
        }
        String groups = ClusterStateLoad.divergence(nodes);
        if (groups != null) {
            return groups;
        }
        String owned = OwnerLogInvariants.divergence(logs);
        return owned != null ? owned : BrokerInvariants.divergence(nodes);
    }
}
