package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.gossip.Member;
import io.orrery.gossip.Metadata;
import io.orrery.gossip.history.MemberEvent;
import io.orrery.gossip.history.SuspicionView;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftGroup;
import io.orrery.server.admin.AdminException;
import io.orrery.server.config.NearestMatch;
import io.orrery.server.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a node believes of the members of its cluster, as JSON. Called on the node's thread, so each view is one instant's.
 */
final class MemberViews {
    private static final int NEAREST_MAX = 3;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** A generation is the boot's wall clock in microseconds, unless that was no later than what was known of before. */
    private static final long GENERATIONS_PER_MILLI = 1_000;

    private MemberViews() {}

    /** All members, each in a few facts. */
    static String members(BrokerNode broker, HeardTransport transport, String refusal) {
        JsonWriter out = new JsonWriter().object();
        SealView.lastRefusal(broker, refusal, out);
        out.name("members").array();
        for (Member member : broker.membership().members().values()) {
            facts(out.object(), broker, transport, member).end();
        }
        return out.end().end().toString();
    }

    /**
     * One member in full.
     *
     * @param name of a member, or its part before the {@code @} if no other member has the same
     */
    static String member(BrokerNode broker, HeardTransport transport, String name) {
        NodeId found = maybeFind(broker.membership().members().keySet(), name);
        if (found == null) {
            return removed(broker, name);
        }
        Member member = broker.membership().member(found);
        JsonWriter out = new JsonWriter().object();
        out.field("observer", broker.self().name());
        facts(out, broker, transport, member);
        out.field("generation", member.incarnation().generation());
        out.field("refutations", member.incarnation().refutations());
        out.name("metadata").object();
        for (Map.Entry<String, String> pair : member.metadata().asMap().entrySet()) {
            out.field(pair.getKey(), pair.getValue());
        }
        out.end();
        OwnerDigest digest = broker.ownerLog().digest(member.node());
        if (digest != null) {
            rows(out.name("rows").object(), digest).end();
        }
        List<MemberEvent> events = broker.membership().history().of(member.node());
        return events(out, broker.kernel().nowNanos(), events).end().toString();
    }

    /** One that this node knew once: what befell it is remembered for longer than what it was. */
    private static String removed(BrokerNode broker, String name) {
        TreeSet<NodeId> remembered = new TreeSet<>();
        broker.membership().history().all().forEach(event -> remembered.add(event.member()));
        NodeId removed = maybeFind(remembered, name);
        if (removed == null) {
            throw unknown(broker, name);
        }
        List<MemberEvent> events = broker.membership().history().of(removed);
        MemberEvent last = events.get(events.size() - 1);
        JsonWriter out =
                new JsonWriter().object().field("observer", broker.self().name());
        out.field("name", removed.name()).field("status", "REMOVED");
        out.field("incarnation", last.incarnation().toString());
        out.field("generation", last.incarnation().generation());
        out.field("refutations", last.incarnation().refutations());
        return events(out, broker.kernel().nowNanos(), events).end().toString();
    }

    private static JsonWriter events(JsonWriter out, long nowNanos, List<MemberEvent> events) {
        out.name("events").array();
        for (MemberEvent event : events) {
            out.object().field("agoMillis", (nowNanos - event.atNanos()) / NANOS_PER_MILLI);
            out.field("wallMillis", event.wallMillis());
            out.field("kind", event.kind().name());
            out.field("incarnation", event.incarnation().toString());
            out.field("by", event.by().name()).field("toldBy", event.from().name());
            out.field("afterMillis", event.afterNanos() / NANOS_PER_MILLI);
            out.field("text", event.text()).end();
        }
        return out.end();
    }

    /** All that is compared between nodes to tell whether they agree: members, rows of owners, the registry, group 0. */
    static String view(BrokerNode broker, HeardTransport transport) {
        JsonWriter out = new JsonWriter().object();
        out.field("node", broker.self().name());
        out.field("cluster", broker.membership().cluster());
        out.field("answers", true);
        out.name("members").array();
        for (Member member : broker.membership().members().values()) {
            belief(out.object(), broker, transport, member);
            out.field("apiAddress", member.metadata().valueOr(NodeAssembly.API, ""))
                    .end();
        }
        out.end().name("owners").array();
        owners(out, broker.ownerLog());
        RegistryViews.digests(out.end().name("registry").array(), broker.registry());
        RaftGroup group = broker.group();
        out.end().name("group").object();
        out.field("leader", group.leader() == null ? null : group.leader().name());
        out.field("voters", group.configuration().voters());
        out.field("term", group.term());
        out.field("commitIndex", group.commitIndex());
        return out.field("appliedIndex", group.appliedIndex()).end().end().toString();
    }

    /** The same of a node whose thread does not answer: that much is known. */
    static String silence(NodeId self, String why) {
        JsonWriter out = new JsonWriter().object().field("node", self.name()).field("answers", false);
        return out.field("why", why).end().toString();
    }

    private static JsonWriter facts(JsonWriter out, BrokerNode broker, HeardTransport transport, Member member) {
        Metadata metadata = member.metadata();
        out.field("name", member.node().name());
        out.field("role", metadata.valueOr(BrokerNode.ROLE, ""));
        if (member.incarnation().generation() > 0) {
            long bootMillis = member.incarnation().generation() / GENERATIONS_PER_MILLI;
            out.field("ageMillis", Math.max(0, broker.kernel().wallMillis() - bootMillis));
        }
        out.field("state", member.isLive() ? state(broker.group(), member.node()) : "");
        out.field("apiAddress", metadata.valueOr(NodeAssembly.API, ""));
        out.field("address", member.address());
        long silence = silenceMillis(broker, transport, member.node());
        if (silence >= 0) {
            out.field("heartbeatMillis", silence);
        }
        return opinion(out, broker, member);
    }

    private static void belief(JsonWriter out, BrokerNode broker, HeardTransport transport, Member member) {
        out.field("name", member.node().name());
        long silence = silenceMillis(broker, transport, member.node());
        if (silence >= 0) {
            out.field("heartbeatMillis", silence);
        }
        opinion(out, broker, member);
    }

    /** What membership says of it. */
    private static JsonWriter opinion(JsonWriter out, BrokerNode broker, Member member) {
        out.field("status", member.state().name());
        out.field("incarnation", member.incarnation().toString());
        SuspicionView suspicion = broker.membership().suspicion(member.node());
        if (suspicion != null) {
            long nowNanos = broker.kernel().nowNanos();
            out.name("suspicion").object().field("by", suspicion.accusers());
            out.field("sinceMillis", (nowNanos - suspicion.sinceNanos()) / NANOS_PER_MILLI);
            out.field("deadInMillis", Math.max(0, suspicion.deadlineNanos() - nowNanos) / NANOS_PER_MILLI);
            out.field("confirmationsMax", suspicion.confirmationsMax()).end();
        }
        return out;
    }

    private static long silenceMillis(BrokerNode broker, HeardTransport transport, NodeId node) {
        return node.equals(broker.self()) ? 0 : transport.silenceMillis(node);
    }

    /** A node's part in Raft group 0, in Easegress's words. */
    private static String state(RaftGroup group, NodeId node) {
        if (node.equals(group.leader())) {
            return "Leader";
        }
        Configuration configuration = group.configuration();
        return configuration.isVoter(node) ? "Follower" : configuration.isLearner(node) ? "Learner" : "";
    }

    private static void owners(JsonWriter out, OwnerLog log) {
        List<NodeId> owners = new ArrayList<>(log.owners());
        owners.add(log.self());
        owners.removeIf(log::isAside);
        for (NodeId owner : owners) {
            OwnerDigest digest = log.digest(owner);
            out.object().field("owner", owner.name()).field("complete", digest != null);
            if (digest != null) {
                rows(out, digest);
            }
            out.end();
        }
    }

    private static JsonWriter rows(JsonWriter out, OwnerDigest digest) {
        out.field("generation", digest.generation());
        out.field("sequence", digest.sequence());
        out.field("count", digest.count());
        return out.field("hash", Long.toHexString(digest.hash()));
    }

    /** By its name or the part of it before the {@code @}; null if there is none, or several. */
    static NodeId maybeFind(Iterable<NodeId> nodes, String name) {
        List<NodeId> sameShortName = new ArrayList<>();
        for (NodeId node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
            if (node.name().startsWith(name + "@")) {
                sameShortName.add(node);
            }
        }
        return sameShortName.size() == 1 ? sameShortName.get(0) : null;
    }

    private static AdminException unknown(BrokerNode broker, String name) {
        List<String> names = new ArrayList<>();
        broker.membership().members().keySet().forEach(node -> names.add(node.name()));
        return new AdminException(
                AdminException.NOT_FOUND,
                "no member that " + broker.self() + " knows is called " + name,
                "the nearest names are " + String.join(", ", NearestMatch.nearest(names, name, NEAREST_MAX)),
                "orrery get members");
    }
}
