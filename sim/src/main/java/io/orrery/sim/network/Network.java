package io.orrery.sim.network;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.choice.Choices;
import io.orrery.sim.event.Agenda;
import java.util.Arrays;
import java.util.List;

/**
 * All links between all nodes. Healthy until told otherwise; every change takes effect at once.
 *
 * <p>A partition and one-way cuts are kept apart: a new partition replaces the old one and leaves the cuts alone;
 * {@link #heal} ends both. Policies outlive both.
 */
public final class Network {
    private final Agenda agenda;
    private final Choices choices;
    private final Losses losses;
    private final NetworkCounters counters = new NetworkCounters();
    private final NodeTable table = new NodeTable();
    private Endpoint[] endpoints = new Endpoint[8];
    private Link[][] links = new Link[8][8];
    private int size;
    private LinkPolicy policy = LinkPolicy.LAN;
    private int[] groups;

    /**
     * @param choices of the run; each link has a stream of its own
     * @param losses hears of frames that will not arrive
     */
    public Network(Agenda agenda, Choices choices, Losses losses) {
        this.agenda = agenda;
        this.choices = choices;
        this.losses = losses;
    }

    /** Adds a node and gives it the next index. */
    public int add(Endpoint endpoint) {
        Check.argument(table.indexOf(endpoint.id()) < 0, "a node's name is unique: " + endpoint.id());
        if (size == endpoints.length) {
            grow();
        }
        endpoints[size] = endpoint;
        table.add(endpoint.id(), size);
        if (groups != null) {
            groups = Arrays.copyOf(groups, size + 1);
        }
        return size++;
    }

    private void grow() {
        int capacity = size * 2;
        endpoints = Arrays.copyOf(endpoints, capacity);
        links = Arrays.copyOf(links, capacity);
        for (int i = 0; i < capacity; i++) {
            links[i] = links[i] == null ? new Link[capacity] : Arrays.copyOf(links[i], capacity);
        }
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
        Link link = link(from, to);
        boolean taken = delivery == Delivery.DATAGRAM
                ? link.sendDatagram(frame, length, message)
                : link.sendStream(frame, length, message);
        if (!taken) {
            losses.lost(message, Loss.REFUSED);
        }
        return taken;
    }

    private Link link(int from, int to) {
        Link link = links[from][to];
        return link != null ? link : create(from, to);
    }

    private Link create(int from, int to) {
        Endpoint sender = endpoints[from];
        Endpoint receiver = endpoints[to];
        ChoiceStream stream = choices.stream("link " + sender.id() + ">" + receiver.id());
        Link link = new Link(agenda, sender, receiver, stream, policy, counters, losses);
        link.partitioned(groups != null && groups[from] != groups[to]);
        links[from][to] = link;
        return link;
    }

    /** Nodes of different groups cannot reach each other. Nodes in no group form one of their own. */
    public void partition(List<List<NodeId>> parts) {
        int[] assigned = new int[size];
        for (int part = 0; part < parts.size(); part++) {
            for (NodeId id : parts.get(part)) {
                int index = require(id);
                Check.argument(assigned[index] == 0, "a node is in one part of a partition: " + id);
                assigned[index] = part + 1;
            }
        }
        regroup(assigned);
    }

    /** Cuts a node off from all others, both ways, beside whatever partition there is. */
    public void isolate(NodeId id) {
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
        link(require(from), require(to)).cutOneWay(true);
    }

    /** Ends {@link #cut} or {@link #isolate} for one direction. */
    public void mend(NodeId from, NodeId to) {
        link(require(from), require(to)).cutOneWay(false);
    }

    /** Ends the partition and all cuts. */
    public void heal() {
        regroup(null);
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (links[from][to] != null) {
                    links[from][to].cutOneWay(false);
                }
            }
        }
    }

    private void regroup(int[] assigned) {
        groups = assigned;
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (links[from][to] != null) {
                    links[from][to].partitioned(assigned != null && assigned[from] != assigned[to]);
                }
            }
        }
    }

    /** Whether frames from one to the other are stopped by a partition or a cut. */
    public boolean isCut(NodeId from, NodeId to) {
        return link(require(from), require(to)).isCut();
    }

    /** Sets the policy of all links, those of nodes added later included. */
    public void policy(LinkPolicy everywhere) {
        policy = everywhere;
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (links[from][to] != null) {
                    links[from][to].policy(everywhere);
                }
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
            if (links[index][other] != null) {
                links[index][other].pipe().onReset();
            }
            if (links[other][index] != null) {
                links[other][index].pipe().onReceiverCrash();
            }
        }
    }

    /** A node reads again after a pause. */
    public void onResume(int index) {
        for (int other = 0; other < size; other++) {
            if (links[other][index] != null) {
                links[other][index].pipe().onResume();
            }
        }
    }

    private int require(NodeId id) {
        int index = table.indexOf(id);
        Check.argument(index >= 0, "there is no node " + id);
        return index;
    }
}
