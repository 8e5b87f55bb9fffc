package io.orrery.jepsen.workload;

import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogListener;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.TreeMap;

/**
 * The owner log shared by several workloads: the first byte of a row says whose it is.
 *
 * <p>What a peer owned stays known here when the peer is taken for dead: values are never taken back, and a Maelstrom node
 * does not die, it is only out of reach. So {@link #onCleared} forgets nothing.
 */
final class Rows implements OwnerLogListener {
    /** Takes the rows of one kind. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param row what follows the kind
         * @throws DecodeException if it is no row of this kind; it is counted and ignored
         */
        void onRow(NodeId owner, Decoder row);
    }

    private final TreeMap<Integer, Reader> readers = new TreeMap<>();
    private OwnerLog log;
    private long malformed;

    void attach(OwnerLog ownerLog) {
        log = ownerLog;
    }

    void register(char kind, Reader reader) {
        Check.that(readers.put((int) kind, reader) == null, "a kind of rows has one reader", kind);
    }

    /** Starts a row of a kind. */
    static Encoder row(char kind) {
        Encoder row = new Encoder();
        row.writeByte(kind);
        return row;
    }

    void add(Bytes row) {
        log.add(row);
    }

    void remove(Bytes row) {
        log.remove(row);
    }

    @Override
    public void onAdded(NodeId owner, Bytes row) {
        Decoder in = row.decoder();
        try {
            Reader reader = readers.get(in.readByte());
            if (reader == null) {
                malformed++;
                return;
            }
            reader.onRow(owner, in);
        } catch (DecodeException notARow) {
            malformed++;
        }
    }

    @Override
    public void onRemoved(NodeId owner, Bytes row) {}

    @Override
    public void onCleared(NodeId owner) {}

    /** Rows of peers that no workload could read. */
    long malformed() {
        return malformed;
    }
}
