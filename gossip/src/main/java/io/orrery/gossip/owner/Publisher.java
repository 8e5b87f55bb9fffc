package io.orrery.gossip.owner;

import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.RowStore.Shelf;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import java.util.List;

/**
 * The owner's side of the log: sends what is new.
 *
 * <ul>
 *   <li>B1: a change is sent to all live members within {@code batchNanos}, with those that came in the meantime.
 *   <li>B2: no digest of these rows goes out before what is new in them: so on one stream, who is behind a digest has lost
 *       something.
 * </ul>
 */
final class Publisher implements RowSource {
    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final Port<OwnerMessage> port;
    private final OwnerLogCounters counters;
    private final Runnable sayHelloToAll;
    private final OwnRows own;
    private final Timer batch;
    /** Operations up to here were sent, or need not be. */
    private long sentSequence;
    /** The one given last; null before the first. */
    private OwnerDigest digest;

    /**
     * @param shelf where the rows are kept
     * @param sayHelloToAll lets all live members know how far the log is, so that they ask for what they miss
     */
    Publisher(
            Kernel kernel,
            Membership membership,
            OwnerLogConfig config,
            Port<OwnerMessage> port,
            OwnerLogCounters counters,
            Shelf shelf,
            Runnable sayHelloToAll) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.port = port;
        this.counters = counters;
        this.sayHelloToAll = sayHelloToAll;
        this.own = new OwnRows(config, shelf);
        this.batch = kernel.timer("batch", this::flush);
    }

    OwnRows own() {
        return own;
    }

    /** Whether there is something to tell, and a generation to tell it under. */
    boolean hasRows() {
        return own.sequence() > 0 && generation() > 0;
    }

    @Override
    public Rows rows() {
        return own.rows();
    }

    @Override
    public OperationLog log() {
        return own.log();
    }

    @Override
    public OwnerDigest digest() {
        Rows rows = own.rows();
        if (digest == null || !digest.isOf(generation(), own.sequence(), rows.count(), rows.hash())) {
            digest = new OwnerDigest(kernel.self(), generation(), own.sequence(), rows.count(), rows.hash());
        }
        return digest;
    }

    private long generation() {
        return membership.self().incarnation().generation();
    }

    boolean add(Bytes row) {
        return own.add(row) && onChange();
    }

    boolean remove(Bytes row) {
        return own.remove(row) && onChange();
    }

    private boolean onChange() {
        if (own.sequence() - sentSequence >= config.batchOperationsMax()) {
            flush();
        } else if (!batch.isArmed()) {
            batch.restart(config.batchNanos());
        }
        return true;
    }

    /** B1. */
    void flush() {
        batch.cancel();
        boolean heard = generation() > 0 && !membership.livePeers().isEmpty();
        if (heard && !own.log().remembers(sentSequence)) {
            sentSequence = own.sequence();
            sayHelloToAll.run();
        }
        while (heard && sentSequence < own.sequence()) {
            long first = sentSequence + 1;
            List<Operation> operations =
                    own.log().after(sentSequence, config.batchOperationsMax(), config.batchBytesMax());
            Check.that(!operations.isEmpty(), "B1: each batch brings something", first, own.sequence());
            sentSequence += operations.size();
            Batch message =
                    new Batch(membership.cluster(), kernel.self(), generation(), first, sentSequence, operations);
            for (NodeId peer : membership.livePeers()) {
                port.send(peer, message);
                counters.count(Counter.BATCHES_SENT);
            }
        }
        sentSequence = own.sequence();
    }

    void checkInvariants() {
        own.checkInvariants();
        Check.that(sentSequence <= own.sequence(), "only what happened is sent", sentSequence, own.sequence());
        Check.that(sentSequence == own.sequence() || batch.isArmed(), "B1: what is not sent yet will be");
    }
}
