package io.orrery.broker.forward;

import io.orrery.broker.BrokerMarks;
import io.orrery.broker.forward.ForwardMessage.LinkId;
import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.session.Message;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The links of a node to the others, one to each that owns routes, and the inbox for theirs.
 *
 * <p>Invariant: there is at most one link to a node, and it leads to the life of that node whose routes count.
 */
public final class Forwarder {
    private static final Channel CHANNEL = new Channel(6, 0, Delivery.STREAM);

    private final Kernel kernel;
    private final ForwardConfig config;
    private final LongSupplier ownGeneration;
    private final ForwardCounters counters = new ForwardCounters();
    private final ForwardInbox inbox;
    private final Port<ForwardMessage> port;
    private final TreeMap<NodeId, ForwardLink> byPeer = new TreeMap<>();
    private ForwardLink[] bySlot = new ForwardLink[8];
    private long links;

    /**
     * @param kernel a scope of its own
     * @param peersMax nodes whose messages are taken
     * @param ownGeneration of this node's boot; 0 while it is not known
     * @param receiver takes peers' messages, in order per peer
     */
    public Forwarder(
            Kernel kernel, ForwardConfig config, int peersMax, LongSupplier ownGeneration, Consumer<Message> receiver) {
        this.kernel = kernel;
        this.config = config;
        this.ownGeneration = ownGeneration;
        this.inbox = new ForwardInbox(kernel, counters, peersMax, ownGeneration, receiver);
        this.port = kernel.open(CHANNEL, new ForwardCodec(), this::onMessage);
        inbox.port(port);
    }

    /** The link to a live owner of routes, made at need. */
    public ForwardLink link(RouteOwner owner) {
        ForwardLink link = owner.slot() < bySlot.length ? bySlot[owner.slot()] : null;
        return link != null ? link : newLink(owner);
    }

    private ForwardLink newLink(RouteOwner owner) {
        Check.that(owner.isLive(), "a link leads to a live owner", owner.slot());
        if (owner.slot() >= bySlot.length) {
            ForwardLink[] larger = new ForwardLink[Math.max(owner.slot() + 1, bySlot.length * 2)];
            System.arraycopy(bySlot, 0, larger, 0, bySlot.length);
            bySlot = larger;
        }
        LinkId id = new LinkId(ownGeneration.getAsLong(), ++links);
        ForwardLink link = new ForwardLink(kernel, port, config, counters, id, owner.node(), owner.generation());
        bySlot[owner.slot()] = link;
        ForwardLink before = byPeer.put(owner.node(), link);
        Check.that(before == null, "one link leads to a node", owner.slot());
        return link;
    }

    /** The owner's rows are gone: its link, if there is one, ends. */
    public void onCleared(RouteOwner owner) {
        ForwardLink link = owner.slot() < bySlot.length ? bySlot[owner.slot()] : null;
        if (link == null) {
            return;
        }
        bySlot[owner.slot()] = null;
        byPeer.remove(owner.node());
        if (link.queued() > 0) {
            kernel.trace().reached(BrokerMarks.FORWARDS_DROPPED);
            if (kernel.trace().isOn()) {
                kernel.trace().transition("drop-forwards", "to=" + owner + " queued=" + link.queued());
            }
        }
        link.drop();
    }

    private void onMessage(NodeId from, ForwardMessage message) {
        if (message instanceof ForwardMessage.Publish publish) {
            inbox.onPublish(from, publish);
        } else if (message instanceof ForwardMessage.Ack ack) {
            ForwardLink link = byPeer.get(from);
            if (link != null && link.id().equals(ack.link())) {
                link.onAck(ack.upTo());
            } else {
                kernel.trace().reached(BrokerMarks.ACK_OF_OLD_LINK);
                counters.strayAcks++;
            }
        }
    }

    /** The links by peer. */
    public List<ForwardLink> links() {
        return new ArrayList<>(byPeer.values());
    }

    public ForwardCounters counters() {
        return counters;
    }
}
