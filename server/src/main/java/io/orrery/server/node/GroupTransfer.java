package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.input.Inputs;
import io.orrery.gossip.Member;
import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.server.admin.AdminException;
import io.orrery.server.config.NearestMatch;
import io.orrery.server.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operator hands the leadership of a Raft group to another voter, and hears who leads then. Every attempt is logged.
 *
 * <ul>
 *   <li>I1: one attempt for each request; what was refused changed nothing.
 *   <li>I2: what is said of the new leader is what this node heard of it, in a later term than its own.
 * </ul>
 */
final class GroupTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(GroupTransfer.class);

    /** The transfer itself takes an election timeout at most; if it costs the leader its place, elections may follow. */
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    private static final int NEAREST_MAX = 3;

    /**
     * What has begun.
     *
     * @param preferred who takes over again by its priority; null for nobody
     */
    private record Begun(NodeId to, long term, NodeId preferred) {}

    /**
     * What the node knows of it later.
     *
     * @param leader null while none is known
     */
    private record Look(boolean isUnderWay, NodeId leader, long term, String failure) {}

    private final ServerNode node;
    private final String group;
    private final String wanted;

    private GroupTransfer(ServerNode node, String group, String wanted) {
        this.node = node;
        this.group = group;
        this.wanted = wanted;
    }

    /**
     * @param wanted who is to lead; empty for the fittest voter
     * @throws AdminException if it is refused, came to nothing, or its end is not known in time
     */
    static String run(ServerNode node, String group, String wanted) {
        return new GroupTransfer(node, group, wanted).run();
    }

    private String run() {
        Inputs inputs = node.running().inputs();
        long beganNanos = System.nanoTime();
        Begun begun = node.ask(broker -> begin(broker, inputs));
        LOG.warn("an operator hands the leadership of group {} from {} to {}", group, node.self(), begun.to);
        Look[] last = new Look[1];
        boolean isOver = Waiting.maybe(
                () -> {
                    last[0] = node.ask(broker -> look(broker.group(), begun));
                    return !last[0].isUnderWay;
                },
                NANOS_MAX);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        if (!isOver) {
            throw new AdminException(
                    AdminException.TIMEOUT,
                    "group " + group + " has no leader that " + node.self() + " knows, " + millis
                            + " ms after it was to be " + begun.to,
                    "an election is under way, or this node hears nobody",
                    "orrery get groups   on another node");
        }
        return verdict(begun, last[0], millis);
    }

    /** On the node's thread: all is checked and begun in one event. */
    private Begun begin(BrokerNode broker, Inputs inputs) {
        GroupViews.group(broker, group);
        RaftGroup raft = broker.group();
        NodeId named = wanted.isEmpty() ? null : find(broker);
        if (!raft.isLeader()) {
            throw askTheLeader(broker, named);
        }
        NodeId to = named == null ? raft.fittestSuccessor() : named;
        if (to == null) {
            throw refused("no other voter answers", "orrery describe group " + group);
        }
        String whyNot = raft.whyNoTransferTo(to);
        if (!whyNot.isEmpty()) {
            throw refused(whyNot, "orrery describe group " + group);
        }
        Begun begun = new Begun(to, raft.term(), raft.preferredTo(to));
        if (!inputs.maybeTransferTo(to)) {
            throw refused(to + " cannot be handed leadership now", "orrery describe group " + group);
        }
        return begun;
    }

    private NodeId find(BrokerNode broker) {
        TreeSet<NodeId> known = new TreeSet<>(broker.membership().members().keySet());
        known.addAll(broker.group().configuration().members());
        NodeId found = MemberViews.maybeFind(known, wanted);
        if (found == null) {
            List<String> names = new ArrayList<>();
            known.forEach(other -> names.add(other.name()));
            throw new AdminException(
                    AdminException.NOT_FOUND,
                    "no node that " + broker.self() + " knows is called " + wanted + ", nothing was changed",
                    "the nearest names are " + String.join(", ", NearestMatch.nearest(names, wanted, NEAREST_MAX)),
                    "orrery describe group " + group);
        }
        return found;
    }

    private AdminException askTheLeader(BrokerNode broker, NodeId named) {
        NodeId leader = broker.group().leaderHeard();
        if (leader == null) {
            return refused("it has no leader that " + broker.self() + " hears", "orrery describe group " + group);
        }
        if (leader.equals(named)) {
            return refused(leader + " is the leader already", "orrery describe group " + group);
        }
        Member member = broker.membership().member(leader);
        String address = member == null ? "" : member.metadata().valueOr(NodeAssembly.API, "");
        String to = named == null ? "" : " --to " + named;
        String api = address.isEmpty() ? "URL   with the admin address of " + leader : "http://" + address;
        return refused(
                leader + " leads it, in term " + broker.group().term() + ", and " + broker.self() + " does not",
                "orrery group transfer " + group + to + " --api " + api);
    }

    /** On the node's thread. */
    private static Look look(RaftGroup raft, Begun begun) {
        if (raft.term() == begun.term) {
            boolean goesOn = raft.isLeader() && begun.to.equals(raft.transferTarget());
            boolean hasFailed = raft.isLeader() && !goesOn;
            return new Look(!hasFailed, null, raft.term(), raft.transferFailure());
        }
        return new Look(raft.leader() == null, raft.leader(), raft.term(), "");
    }

    private String verdict(Begun begun, Look end, long millis) {
        if (end.leader == null) {
            throw failed(end.failure + "; " + node.self() + " goes on leading, in term " + end.term);
        }
        boolean isOther = wanted.isEmpty() ? end.leader.equals(node.self()) : !end.leader.equals(begun.to);
        if (isOther) {
            throw failed(begun.to + " did not win the election: " + end.leader + " leads, in term " + end.term);
        }
        String words =
                end.leader + " leads group " + group + " now, in term " + end.term + "; it took " + millis + " ms";
        if (begun.preferred != null && end.leader.equals(begun.to)) {
            words += ". " + begun.preferred + " has a clearly higher raft.priority, and takes over again soon";
        }
        LOG.warn("{}", words);
        return new JsonWriter()
                .object()
                .field("group", group)
                .field("from", node.self().name())
                .field("leader", end.leader.name())
                .field("term", end.term)
                .field("millis", millis)
                .field("words", words)
                .end()
                .toString();
    }

    private AdminException failed(String why) {
        LOG.warn("the leadership of group {} was not handed over: {}", group, why);
        return new AdminException(
                AdminException.REFUSED,
                "the leadership of group " + group + " was not handed over as asked",
                why,
                "orrery describe group " + group);
    }

    private AdminException refused(String why, String next) {
        return new AdminException(
                AdminException.REFUSED,
                "the leadership of group " + group + " is not handed over, nothing was changed",
                why,
                next);
    }
}
