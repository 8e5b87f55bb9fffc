package io.orrery.server.node;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.GroupEvent;
import io.orrery.raft.PeerStatus;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.server.admin.AdminException;
import io.orrery.server.json.JsonWriter;

/** What can be seen of a node's Raft groups, as JSON. Called on the node's thread, so each view is one instant's. */
final class GroupViews {
    private static final long MILLI = 1_000_000;

    private GroupViews() {}

    /** All groups, each in a few numbers. */
    static String groups(BrokerNode broker) {
        JsonWriter out = new JsonWriter().object().name("groups").array();
        summary(out.object(), broker.group());
        return out.end().end().end().toString();
    }

    /**
     * One group with its configuration, its peers and what happened last.
     *
     * @param name as {@code groups} prints it
     */
    static String group(BrokerNode broker, String name) {
        if (!name.equals(Long.toString(BrokerConfig.CLUSTER_GROUP))) {
            throw new AdminException(
                    AdminException.NOT_FOUND, "no group of this node is called " + name, "", "orrery get groups");
        }
        RaftGroup group = broker.group();
        long now = broker.kernel().nowNanos();
        JsonWriter out = summary(new JsonWriter().object(), group);
        out.field("vote", name(group.view().toldVote()));
        out.field("durableIndex", group.view().log().durableIndex());
        out.field("snapshotIndex", group.view().log().snapshotIndex());
        out.field("priority", group.priority());
        out.field("mayVote", !group.view().hasForgotten());
        out.field("hasState", !group.view().isWithoutState());
        disk(out.name("disk").object(), broker.wal()).end();
        configuration(out.name("configuration").object(), group).end();
        out.name("peers").array();
        for (PeerStatus peer : group.peers()) {
            peer(out.object(), group, peer, now).end();
        }
        out.end().name("events").array();
        for (GroupEvent event : group.events()) {
            out.object().field("agoMillis", (now - event.atNanos()) / MILLI);
            out.field("kind", event.kind().name())
                    .field("what", event.what())
                    .field("why", event.why())
                    .end();
        }
        return out.end().end().toString();
    }

    private static JsonWriter summary(JsonWriter out, RaftGroup group) {
        Configuration configuration = group.configuration();
        out.field("group", BrokerConfig.CLUSTER_GROUP);
        out.field("state", group.role().name());
        out.field("leader", name(group.leader()));
        out.field("term", group.term());
        out.field("lastIndex", group.lastIndex());
        out.field("commitIndex", group.commitIndex());
        out.field("appliedIndex", group.appliedIndex());
        if (group.isLeader()) {
            out.field("lagMax", lagMax(group));
        }
        out.field("voters", configuration.voters());
        out.field("outgoing", configuration.outgoing());
        out.field("learners", configuration.learners());
        return out.field("reason", group.lastReason());
    }

    /** Of the log that all groups share. */
    private static JsonWriter disk(JsonWriter out, Wal wal) {
        out.field("full", wal.isFull());
        out.field("silentMillis", wal.silentNanos() / MILLI);
        return out.field("damages", wal.counters().damagesFound());
    }

    private static String name(NodeId node) {
        return node == null ? null : node.name();
    }

    /** How far the last of the members is behind. */
    private static long lagMax(RaftGroup group) {
        long lag = 0;
        for (PeerStatus peer : group.peers()) {
            lag = Math.max(lag, peer.isLeaving() ? 0 : group.lastIndex() - peer.matchIndex());
        }
        return lag;
    }

    private static JsonWriter configuration(JsonWriter out, RaftGroup group) {
        Configuration configuration = group.configuration();
        out.field("index", group.configurationIndex());
        out.field("committed", group.configurationIndex() <= group.commitIndex());
        out.field("joint", configuration.isJoint());
        out.field("forced", configuration.forced());
        out.field("voters", configuration.voters());
        out.field("outgoing", configuration.outgoing());
        out.field("learners", configuration.learners());
        out.field("learnersNext", configuration.learnersNext());
        return out.field("promotable", configuration.promotable());
    }

    private static JsonWriter peer(JsonWriter out, RaftGroup group, PeerStatus peer, long now) {
        out.field("node", peer.node().name());
        out.field("role", role(group.configuration(), peer));
        out.field("state", peer.state().name());
        out.field("matchIndex", peer.matchIndex());
        out.field("nextIndex", peer.nextIndex());
        out.field("appliedIndex", peer.appliedIndex());
        out.field("lag", group.lastIndex() - peer.matchIndex());
        if (peer.priority() >= 0) {
            out.field("priority", peer.priority());
        }
        return out.field("heardMillis", (now - peer.heardNanos()) / MILLI);
    }

    private static String role(Configuration configuration, PeerStatus peer) {
        NodeId node = peer.node();
        if (peer.isLeaving()) {
            return "leaving";
        }
        if (configuration.isLearner(node)) {
            return configuration.isPromotable(node) ? "learner, to vote" : "learner";
        }
        if (!configuration.isJoint()) {
            return "voter";
        }
        boolean comes = configuration.voters().contains(node);
        boolean goes = configuration.outgoing().contains(node);
        return comes && goes ? "voter" : comes ? "incoming voter" : "outgoing voter";
    }
}
