package io.orrery.gossip.registry.message;

import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Map;
import java.util.TreeSet;

/**
 * The bytes of {@link Versions}, on the wire and on disk:
 *
 * <pre>
 * count varint, (node string, life varint, sequence varint) * count,
 * count varint, (node string, life varint) * count,
 * count varint, (node string, life varint, sequence varint) * count    the strays
 * </pre>
 */
public final class VersionsCodec {
    private static final int BYTES_MIN = 4;

    private VersionsCodec() {}

    public static void write(Versions versions, Encoder out) {
        out.writeVarLong(versions.count());
        for (int i = 0; i < versions.count(); i++) {
            writeOrigin(versions.originAt(i), out);
            out.writeVarLong(versions.sequenceAt(i));
        }
        out.writeVarLong(versions.retiredCount());
        for (int i = 0; i < versions.retiredCount(); i++) {
            out.writeNode(versions.retiredAt(i));
            out.writeVarLong(versions.retiredLifeAt(i));
        }
        int strays = versions.strayCount();
        out.writeVarLong(strays);
        if (strays > 0) {
            writeStrays(versions, out);
        }
    }

    private static void writeStrays(Versions versions, Encoder out) {
        for (Map.Entry<Origin, TreeSet<Long>> entry : versions.strays().entrySet()) {
            for (long stray : entry.getValue()) {
                writeOrigin(entry.getKey(), out);
                out.writeVarLong(stray);
            }
        }
    }

    public static Versions read(Decoder in) {
        int origins = in.readCount(BYTES_MIN);
        Versions versions = new Versions(origins);
        for (int left = origins; left > 0; left--) {
            Origin origin = readOrigin(in);
            versions.add(origin, readSequence(in));
        }
        for (int left = in.readCount(BYTES_MIN - 1); left > 0; left--) {
            Origin origin = readOrigin(in);
            versions.retire(origin.node(), origin.life());
        }
        for (int left = in.readCount(BYTES_MIN); left > 0; left--) {
            Origin origin = readOrigin(in);
            versions.addOne(origin, readSequence(in));
        }
        return versions;
    }

    private static long readSequence(Decoder in) {
        long sequence = in.readVarLong();
        if (sequence <= 0 || sequence > Versions.SEQUENCE_MAX) {
            throw new DecodeException("a sequence out of range");
        }
        return sequence;
    }

    public static void writeOrigin(Origin origin, Encoder out) {
        out.writeNode(origin.node());
        out.writeVarLong(origin.life());
    }

    public static Origin readOrigin(Decoder in) {
        NodeId node = in.readNode();
        long life = in.readVarLong();
        if (life <= 0 || life > Origin.LIFE_MAX) {
            throw new DecodeException("a life out of range");
        }
        return new Origin(node, life);
    }
}
