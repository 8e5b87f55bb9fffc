package io.orrery.gossip.owner;

import io.orrery.gossip.GossipMarks;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLogCounters.Counter;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a peer what it missed: of this node's own rows, and of those of others that this node holds completely.
 *
 * <ul>
 *   <li>B3: one message of replay or snapshot per question, or one of each: the peer sets the pace.
 *   <li>B4: of others' rows only what is complete is served: it is rows(g, s), as their owner had them.
 * </ul>
 */
final class RowServer {
    private final Kernel kernel;
    private final Membership membership;
    private final OwnerLogConfig config;
    private final Port<OwnerMessage> port;
    private final OwnerLogCounters counters;
    private final Publisher publisher;
    private final Holdings holdings;
    private final Runnable hurry;

    /**
     * @param hurry has the next digest go soon: what one lost, others may lack as well
     */
    RowServer(
            Kernel kernel,
            Membership membership,
            OwnerLogConfig config,
            Port<OwnerMessage> port,
            OwnerLogCounters counters,
            Publisher publisher,
            Holdings holdings,
            Runnable hurry) {
        this.kernel = kernel;
        this.membership = membership;
        this.config = config;
        this.port = port;
        this.counters = counters;
        this.publisher = publisher;
        this.holdings = holdings;
        this.hurry = hurry;
    }

    /** A peer misses something. If what is remembered does not reach back, it gets all rows anew, piece by piece. */
    void onFetch(NodeId from, Fetch fetch) {
        RowSource source = source(fetch);
        if (source == null) {
            return;
        }
        OperationLog log = source.log();
        boolean fromScratch = fetch.cursor() != null && fetch.sequence() == 0;
        if (fromScratch || !log.remembers(fetch.sequence())) {
            sendChunk(from, source, null);
            return;
        }
        List<Operation> missed = log.after(fetch.sequence(), config.batchOperationsMax(), config.batchBytesMax());
        if (!missed.isEmpty() || fetch.cursor() == null) {
            counters.count(Counter.REPLAYS_SENT);
            hurry.run();
            long first = fetch.sequence() + 1;
            long last = log.sequence();
            port.send(from, new Batch(membership.cluster(), fetch.owner(), fetch.generation(), first, last, missed));
        }
        if (fetch.cursor() != null && fetch.sequence() + missed.size() == log.sequence()) {
            sendChunk(from, source, fetch.cursor());
        }
    }

    /** B4: null if the peer cannot be served. */
    private RowSource source(Fetch fetch) {
        if (fetch.owner().equals(kernel.self())) {
            OwnerDigest own = publisher.digest();
            boolean known = fetch.generation() == own.generation() && fetch.sequence() <= own.sequence();
            counters.countIf(!known, Counter.REFUSED_NONSENSE);
            return known ? publisher : null;
        }
        PeerRows held = holdings.find(fetch.owner());
        boolean served = held != null
                && held.isComplete()
                && held.generation() == fetch.generation()
                && held.sequence() >= fetch.sequence();
        counters.count(served ? Counter.RELAYS_SERVED : Counter.RELAYS_REFUSED);
        if (served) {
            kernel.trace().reached(GossipMarks.RELAY_SERVED);
        }
        return served ? held : null;
    }

    private void sendChunk(NodeId to, RowSource source, Bytes from) {
        List<Bytes> rows = new ArrayList<>();
        boolean ends = source.rows().chunk(from, config.batchBytesMax(), rows);
        counters.count(Counter.CHUNKS_SENT);
        Bytes upTo = ends ? null : rows.get(rows.size() - 1);
        port.send(to, new Chunk(membership.cluster(), source.digest(), from, upTo, rows));
    }
}
