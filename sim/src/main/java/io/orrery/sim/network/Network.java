package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.choice.Choices;
import io.orrery.sim.choice.Spread;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * All links between all nodes. Healthy until told otherwise; every change takes effect at once.
 *
 * <p>A partition and one-way cuts are kept apart: a new partition of any shape replaces the old one and leaves the cuts
 * alone; {@link #heal} ends both. Clogs, policies and distances outlive both.
 */
public final class Network {
    private final Agenda agenda;
    private final Choices choices;
    private final Losses losses;
    private final NetworkCounters counters = new NetworkCounters();
    private final NodeTable table = new NodeTable();
    private final FramePool frames = new FramePool();
    private Endpoint[] endpoints = new Endpoint[8];
    /** By sender and receiver; made when first needed, rows too. */
    private LinkRow[] links = new LinkRow[8];
    /** By sender, where senders share; else null. */
    private Link[] shared;

    private int size;
    private LinkPolicy policy = LinkPolicy.LAN;
    private final ChoiceStream swizzles;
    private int[] stops = new int[8];
    private Split split;
    private int splitCount;
    private long cutChanges;
    private int clogEpoch;
    private int linkCount;
    private final Seals seals;

    /**
     * @param choices of the run; each link has a stream of its own
     * @param losses hears of frames that will not arrive
     */
    public Network(Agenda agenda, Choices choices, Losses losses) {
        this.agenda = agenda;
        this.choices = choices;
        this.losses = losses;
        this.swizzles = choices.stream("swizzle");
        this.seals = new Seals(agenda, this);
    }

    /** Adds a node and gives it the next index. */
    public int add(Endpoint endpoint) {
        Check.argument(table.indexOf(endpoint.id()) < 0, "a node's name is unique", endpoint.id());
        if (size == endpoints.length) {
            grow();
        }
        endpoints[size] = endpoint;
        table.add(endpoint.id(), size);
        return size++;
    }

    private void grow() {
        int capacity = size * 2;
        endpoints = Arrays.copyOf(endpoints, capacity);
        stops = Arrays.copyOf(stops, capacity);
        links = Arrays.copyOf(links, capacity);
        shared = shared == null ? null : Arrays.copyOf(shared, capacity);
    }

    /** A node's index, or -1 if there is no such node. */
    public int indexOf(NodeId id) {
        return table.indexOf(id);
    }

    /**
     * Sends a frame, which is copied; false if it is certainly lost because too much is on the way already.
     *
     * @param message the frame's number in the run
     */
    public boolean send(int from, int to, Delivery delivery, byte[] frame, int length, long message) {
        boolean taken;
        if (delivery == Delivery.STREAM) {
            taken = link(from, to).sendStream(frame, length, message);
        } else if (isShared(from, to)) {
            taken = sharedLink(from).sendDatagram(endpoints[to], frame, length, message);
        } else {
            taken = link(from, to).sendDatagram(frame, length, message);
        }
        if (!taken) {
            losses.lost(message, Loss.REFUSED);
        }
        return taken;
    }

    /**
     * From now on the datagrams of a sender share one link, with one stream of choices, as long as nothing was done to the
     * link of the pair and nodes do not seal: what a crowd needs, where ten thousand nodes have a hundred million pairs. A partition or a swizzle
     * gives each pair a link of its own while it lasts; what was on its way before arrives.
     */
    public void shareLinks() {
        shared = new Link[endpoints.length];
    }

    private boolean isShared(int from, int to) {
        return shared != null
                && !seals.isOn()
                && split == null
                && stops[from] + stops[to] == 0
                && existing(from, to) == null;
    }

    private Link sharedLink(int from) {
        if (shared[from] == null) {
            Endpoint sender = endpoints[from];
            ChoiceStream stream = choices.stream("links " + sender.id());
            shared[from] = new Link(agenda, sender, null, stream, policy, counters, losses, frames, null);
        }
        return shared[from];
    }

    /** The link of a pair if there is one, else null. */
    private Link existing(int from, int to) {
        LinkRow row = links[from];
        return row == null ? null : row.find(to);
    }

    private Link link(int from, int to) {
        Link link = existing(from, to);
        return link != null ? link : create(from, to);
    }

    private Link create(int from, int to) {
        Endpoint sender = endpoints[from];
        Endpoint receiver = endpoints[to];
        ChoiceStream stream = choices.stream("link " + sender.id() + ">" + receiver.id());
        LinkSeal seal = seals.isOn() ? new LinkSeal(seals, sender.id(), receiver.id()) : null;
        Link link = new Link(agenda, sender, receiver, stream, policy, counters, losses, frames, seal);
        linkCount++;
        link.partitioned(split != null && split.separates(from, to));
        for (int stop = stops[from] + stops[to]; stop > 0; stop--) {
            link.clog();
        }
        links[from] = links[from] == null ? new LinkRow() : links[from];
        links[from].add(to, link);
        return link;
    }

    /** Nodes of different groups cannot reach each other. Nodes in no group form one of their own. */
    public void partition(List<List<NodeId>> parts) {
        splitFor(new Split(Split.Rule.GROUPS, places(parts)));
    }

    /** Nothing gets from {@code left} to {@code right}; everything gets back, and everywhere else. */
    public void partitionOneWay(List<NodeId> left, List<NodeId> right) {
        splitFor(new Split(Split.Rule.ONE_WAY, places(List.of(left, right))));
    }

    /** As {@link #partition}, but for one node, which reaches all and is reached by all. */
    public void bridge(NodeId node, List<List<NodeId>> parts) {
        List<List<NodeId>> placed = new ArrayList<>();
        placed.add(List.of(node));
        placed.addAll(parts);
        splitFor(new Split(Split.Rule.BRIDGE, places(placed)));
    }

    /** Each node reaches the one before and the one after; nodes not named reach each other alone. */
    public void ring(List<NodeId> nodes) {
        List<List<NodeId>> placed = new ArrayList<>();
        nodes.forEach(node -> placed.add(List.of(node)));
        splitFor(new Split(Split.Rule.RING, places(placed)));
    }

    /** A partition that comes and goes: there for {@code everyNanos}, gone for as long, and so on for {@code forNanos}. */
    public void flap(List<List<NodeId>> parts, long everyNanos, long forNanos) {
        Check.argument(everyNanos > 0 && forNanos >= 0, "a partition flaps at intervals, for a while");
        splitCount++;
        Split flapping = new Split(Split.Rule.GROUPS, places(parts));
        flap(flapping, true, everyNanos, agenda.nowNanos() + forNanos, splitCount);
    }

    private void flap(Split flapping, boolean on, long everyNanos, long endNanos, int count) {
        if (splitCount != count) {
            return;
        }
        boolean over = agenda.nowNanos() >= endNanos;
        apply(on && !over ? flapping : null);
        if (!over) {
            long next = Math.min(agenda.nowNanos() + everyNanos, endNanos);
            agenda.push(next, new WorldAction(() -> flap(flapping, !on, everyNanos, endNanos, count)));
        }
    }

    private int[] places(List<List<NodeId>> parts) {
        int[] places = new int[size];
        for (int part = 0; part < parts.size(); part++) {
            for (NodeId id : parts.get(part)) {
                int index = require(id);
                Check.argument(places[index] == 0, "a node is in one part of a partition", id);
                places[index] = part + 1;
            }
        }
        return places;
    }

    private void splitFor(Split next) {
        splitCount++;
        apply(next);
    }

    private void apply(Split next) {
        split = next;
        cutChanges++;
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                Link link = existing(from, to);
                if (link != null) {
                    link.partitioned(next != null && next.separates(from, to));
                }
            }
        }
    }

    /** Cuts a node off from all others, both ways, beside whatever partition there is. */
    public void isolate(NodeId id) {
        cutChanges++;
        int index = require(id);
        for (int other = 0; other < size; other++) {
            if (other != index) {
                link(index, other).cutOneWay(true);
                link(other, index).cutOneWay(true);
            }
        }
    }

    /** Nothing gets from one to the other; the way back is left alone. */
    public void cut(NodeId from, NodeId to) {
        cutChanges++;
        link(require(from), require(to)).cutOneWay(true);
    }

    /** Ends {@link #cut} or {@link #isolate} for one direction. */
    public void mend(NodeId from, NodeId to) {
        cutChanges++;
        link(require(from), require(to)).cutOneWay(false);
    }

    /** Ends the partition and all cuts. */
    public void heal() {
        splitFor(null);
        forEachLink(link -> link.cutOneWay(false));
    }

    /** Nothing arrives from one at the other until {@link #unclog}; nothing is lost by that. */
    public void clog(NodeId from, NodeId to) {
        link(require(from), require(to)).clogAlone(true);
    }

    /** Ends {@link #clog}: what it held back arrives at once, in its order. */
    public void unclog(NodeId from, NodeId to) {
        link(require(from), require(to)).clogAlone(false);
    }

    /** Clogs the links of some nodes, one node after another, and releases them in another order, drawn. */
    public void swizzle(List<NodeId> nodes, long nanos) {
        nodes.forEach(this::require);
        int epoch = clogEpoch;
        new Swizzle(nodes, nanos, swizzles).begin(agenda, node -> stop(node, 1, epoch), node -> stop(node, -1, epoch));
    }

    private void stop(NodeId node, int change, int epoch) {
        if (epoch != clogEpoch) {
            return;
        }
        int index = require(node);
        stops[index] += change;
        for (int other = 0; other < size; other++) {
            if (other != index) {
                clog(existing(index, other), change);
                clog(existing(other, index), change);
            }
        }
    }

    private static void clog(Link link, int change) {
        if (link != null && change > 0) {
            link.clog();
        } else if (link != null) {
            link.unclog();
        }
    }

    /** Ends all clogs and swizzles. */
    public void unclogAll() {
        for (int index = 0; index < size; index++) {
            while (stops[index] > 0) {
                stop(endpoints[index].id(), -1, clogEpoch);
            }
        }
        clogEpoch++;
        forEachLink(link -> link.clogAlone(false));
    }

    /** Every frame from one to the other takes so much longer, whatever the policy; 0 ends it. */
    public void distance(NodeId from, NodeId to, long nanos) {
        Check.argument(nanos >= 0 && nanos <= Spread.NANOS_MAX, "a distance is 0 to 60s");
        link(require(from), require(to)).distance(nanos);
    }

    /** Ends everything: heals, unclogs, and makes each link that of a quiet local network. */
    public void healAll() {
        heal();
        unclogAll();
        policy(LinkPolicy.LAN);
        forEachLink(link -> link.distance(0));
    }

    /**
     * When streams have delivered all that is on its way now, if nothing else happens: after a heal, the frames for which links
     * were bad are still late.
     */
    public long streamsClearNanos() {
        long[] latest = {0};
        forEachLink(link -> latest[0] = Math.max(latest[0], link.pipe().clearNanos()));
        return latest[0];
    }

    private void forEachLink(Consumer<Link> action) {
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                Link link = existing(from, to);
                if (link != null) {
                    action.accept(link);
                }
            }
        }
    }

    /** Whether frames from one to the other are stopped by a partition or a cut. */
    public boolean isCut(NodeId from, NodeId to) {
        return link(require(from), require(to)).isCut();
    }

    /** Whether frames from one to the other wait for a clog to end. */
    public boolean isClogged(NodeId from, NodeId to) {
        return link(require(from), require(to)).isClogged();
    }

    /** As {@link #isCut(NodeId, NodeId)}, by index; makes no link where there is none yet, so that looking changes nothing. */
    public boolean isCut(int from, int to) {
        Link link = existing(from, to);
        return link != null ? link.isCut() : split != null && split.separates(from, to);
    }

    /** As {@link #isClogged(NodeId, NodeId)}, by index; makes no link. */
    public boolean isClogged(int from, int to) {
        Link link = existing(from, to);
        return link != null ? link.isClogged() : stops[from] + stops[to] > 0;
    }

    /** How long the way of one direction may well take, its distance included, by index; makes no link. */
    public long longDelayNanos(int from, int to) {
        Link link = existing(from, to);
        return link != null ? link.longDelayNanos() : policy.delay().longNanos();
    }

    /** As {@link #policy(NodeId, NodeId)}, by index; makes no link. */
    public LinkPolicy policy(int from, int to) {
        Link link = existing(from, to);
        return link != null ? link.policy() : policy;
    }

    /** Rises whenever a partition or a cut begins or ends, so that a watcher knows when to look. */
    public long cutChanges() {
        return cutChanges;
    }

    /** How many nodes there are; their indexes are below it. */
    public int size() {
        return size;
    }

    /** Sets the policy of all links, those of nodes added later included. */
    public void policy(LinkPolicy everywhere) {
        policy = everywhere;
        forEachLink(link -> link.policy(everywhere));
        for (int from = 0; shared != null && from < size; from++) {
            if (shared[from] != null) {
                shared[from].policy(everywhere);
            }
        }
    }

    /** Sets the policy of one direction. */
    public void policy(NodeId from, NodeId to, LinkPolicy linkPolicy) {
        link(require(from), require(to)).policy(linkPolicy);
    }

    /** The policy of links that have none of their own. */
    public LinkPolicy policy() {
        return policy;
    }

    public LinkPolicy policy(NodeId from, NodeId to) {
        return link(require(from), require(to)).policy();
    }

    /** Breaks the stream connection of one direction: what is on the way is lost from a drawn point on. */
    public void reset(NodeId from, NodeId to) {
        link(require(from), require(to)).pipe().onReset();
    }

    public NetworkCounters counters() {
        return counters;
    }

    /** A node is gone: its connections break, both ways. */
    public void onCrash(int index) {
        for (int other = 0; other < size; other++) {
            Link out = existing(index, other);
            if (out != null) {
                out.onSenderCrash();
            }
            Link in = existing(other, index);
            if (in != null) {
                in.onReceiverCrash();
            }
        }
    }

    /** A node reads again after a pause. */
    public void onResume(int index) {
        for (int other = 0; other < size; other++) {
            Link in = existing(other, index);
            if (in != null) {
                in.pipe().onResume();
            }
        }
    }

    /** Whether nodes seal their frames, and by which keys. */
    public Seals seals() {
        return seals;
    }

    /** Whether any node has sent another anything, or tried to. */
    boolean hasLinks() {
        return linkCount > 0;
    }

    /** All nodes, in the order they were added. */
    List<NodeId> nodes() {
        List<NodeId> nodes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            nodes.add(endpoints[i].id());
        }
        return nodes;
    }

    private int require(NodeId id) {
        int index = table.indexOf(id);
        Check.argument(index >= 0, "there is no such node", id);
        return index;
    }
}
