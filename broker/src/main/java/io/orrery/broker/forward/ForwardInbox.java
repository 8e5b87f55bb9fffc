package io.orrery.broker.forward;

import io.orrery.broker.BrokerMarks;
import io.orrery.broker.forward.ForwardMessage.LinkId;
import io.orrery.broker.session.Message;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The receiving end of peers' links: takes each message once and in turn, and acknowledges in batches.
 *
 * <p>A link begins at 1 and belongs to one generation of this node, so a message that is not the next one is a repetition,
 * or comes after one that was lost; either way it is not taken, and the acknowledgement says how far we are. Of a peer only
 * its latest link counts.
 */
public final class ForwardInbox {
    /** How far one peer's latest link is. */
    private static final class Progress {
        private LinkId link;
        private long expected;
        private boolean ackDue;
    }

    private final Kernel kernel;
    private final ForwardCounters counters;
    private final LongSupplier ownGeneration;
    private final Consumer<Message> receiver;
    private final int peersMax;
    private final TreeMap<NodeId, Progress> peers = new TreeMap<>();
    private Port<ForwardMessage> port;
    private boolean flushing;

    /**
     * @param peersMax nodes that are remembered; beyond it a stranger's messages are ignored
     * @param receiver takes each message, in order per peer
     */
    public ForwardInbox(
            Kernel kernel,
            ForwardCounters counters,
            int peersMax,
            LongSupplier ownGeneration,
            Consumer<Message> receiver) {
        this.kernel = kernel;
        this.counters = counters;
        this.peersMax = peersMax;
        this.ownGeneration = ownGeneration;
        this.receiver = receiver;
    }

    /** Where acknowledgements go out; set once, before the first message. */
    public void port(Port<ForwardMessage> opened) {
        port = opened;
    }

    public void onPublish(NodeId from, ForwardMessage.Publish publish) {
        if (publish.target() != ownGeneration.getAsLong()) {
            kernel.trace().reached(BrokerMarks.FORWARD_FOR_OTHER_LIFE);
            counters.stale++;
            return;
        }
        Progress progress = peers.get(from);
        if (progress == null) {
            if (peers.size() >= peersMax) {
                counters.stale++;
                return;
            }
            progress = new Progress();
            peers.put(from, progress);
        }
        int order = progress.link == null ? 1 : publish.link().compareTo(progress.link);
        if (order < 0) {
            counters.stale++;
            return;
        }
        if (order > 0) {
            if (progress.link != null) {
                kernel.trace().reached(BrokerMarks.LINK_RENEWED);
            }
            progress.link = publish.link();
            progress.expected = 1;
        }
        oweAck(progress);
        if (publish.sequence() != progress.expected) {
            if (publish.sequence() < progress.expected) {
                counters.duplicates++;
                kernel.trace().reached(BrokerMarks.FORWARD_DUPLICATE);
            } else {
                counters.gaps++;
                kernel.trace().reached(BrokerMarks.FORWARD_GAP);
            }
            return;
        }
        progress.expected++;
        Check.that(progress.expected > 1, "sequence numbers do not run out", progress.expected);
        if (publish.message().aged(0) == null) {
            counters.expired++;
            return;
        }
        counters.received++;
        receiver.accept(publish.message());
    }

    private void oweAck(Progress progress) {
        progress.ackDue = true;
        if (!flushing) {
            flushing = true;
            kernel.defer(this::flush);
        }
    }

    /** Acknowledges all that came since the last time; one that is lost is repeated when its peer sends again. */
    private void flush() {
        flushing = false;
        for (Map.Entry<NodeId, Progress> entry : peers.entrySet()) {
            Progress progress = entry.getValue();
            if (progress.ackDue) {
                progress.ackDue = false;
                port.send(entry.getKey(), new ForwardMessage.Ack(progress.link, progress.expected - 1));
            }
        }
    }
}
