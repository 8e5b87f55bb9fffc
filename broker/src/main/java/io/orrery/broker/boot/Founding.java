package io.orrery.broker.boot;

import io.orrery.gossip.ClusterId;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cluster begins with: the value that first boot agrees on.
 *
 * @param id drawn for it
 * @param voters of Raft group 0 at its beginning, each with the mark of the disk on which it promised: only with that disk
 *     does a node begin as one of them (B7)
 */
public record Founding(ClusterId id, SortedMap<NodeId, Long> voters) {
    public Founding {
        voters = Collections.unmodifiableSortedMap(new TreeMap<>(voters));
    }

    /** The voters' names. */
    public List<NodeId> names() {
        return new ArrayList<>(voters.keySet());
    }

    /** B7: whether this disk's node begins as a voter. */
    public boolean isVoter(NodeId node, long disk) {
        Long marked = voters.get(node);
        return marked != null && marked == disk;
    }

    static void encode(Founding founding, Encoder out) {
        out.writeBoolean(founding != null);
        if (founding != null) {
            founding.id.encode(out);
            out.writeVarLong(founding.voters.size());
            founding.voters.forEach((node, disk) -> {
                out.writeNode(node);
                out.writeLong(disk);
            });
        }
    }

    /** Null for none. */
    static Founding decode(Decoder in) {
        if (!in.readBoolean()) {
            return null;
        }
        ClusterId id = ClusterId.decode(in);
        int count = in.readCount(1 + Long.BYTES);
        TreeMap<NodeId, Long> voters = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            voters.put(in.readNode(), in.readLong());
        }
        if (id.isNone() || voters.size() != count || count > Electorate.EXPECTED_MAX) {
            throw new DecodeException("a founding that cannot be");
        }
        return new Founding(id, voters);
    }

    /** One that must be there. */
    static Founding decodeOne(Decoder in) {
        Founding founding = decode(in);
        if (founding == null) {
            throw new DecodeException("a founding is missing");
        }
        return founding;
    }

    @Override
    public String toString() {
        return id + " with voters " + voters.keySet();
    }
}
