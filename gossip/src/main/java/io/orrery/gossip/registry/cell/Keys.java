package io.orrery.gossip.registry.cell;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/** Keys: a byte of the kind, then its parts as strings with their lengths. */
public final class Keys {
    private Keys() {}

    public static Bytes of(Kind kind, String... parts) {
        Encoder out = new Encoder(32, Cell.KEY_BYTES_MAX);
        out.writeByte(kind.ordinal());
        for (String part : parts) {
            out.writeString(part);
        }
        return out.toBytes();
    }

    /** The parts of a key; null if somebody made it who writes keys otherwise. */
    public static List<String> parts(Bytes key) {
        Decoder in = key.decoder();
        List<String> parts = new ArrayList<>(2);
        try {
            in.readByte();
            while (in.remaining() > 0) {
                parts.add(in.readString());
            }
        } catch (DecodeException e) {
            return null;
        }
        return parts;
    }

    /** The node that a LIFE cell's key names; null if it names none. */
    static NodeId node(Bytes key) {
        List<String> parts = parts(key);
        if (parts == null || parts.size() != 1) {
            return null;
        }
        try {
            return NodeId.of(parts.get(0));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String text(Bytes key) {
        List<String> parts = parts(key);
        return parts == null ? " " + key : parts.toString();
    }
}
