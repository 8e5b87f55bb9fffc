package io.orrery.raft;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A configuration as the payload of an entry, on disk and on the wire.
 *
 * <p>Form 1 is the voters and the learners. Form 2 begins with a byte beyond any count of members, then a byte of flags, and
 * has all lists. Whatever form 1 can say is written in it, so that earlier releases read it, and logs of earlier releases are
 * read here.
 */
final class ConfigurationForm {
    /** Where form 1 has the number of voters. */
    private static final int FORM_2 = 0x7F;

    private static final int FORCED = 1;

    private ConfigurationForm() {}

    /** Whether earlier releases cannot read the configuration. */
    static boolean isNew(Configuration configuration) {
        return configuration.isJoint() || !configuration.promotable().isEmpty() || configuration.forced();
    }

    static Bytes encode(Configuration configuration) {
        Encoder out = new Encoder();
        if (isNew(configuration)) {
            out.writeByte(FORM_2);
            out.writeByte(configuration.forced() ? FORCED : 0);
            writeNodes(configuration.voters(), out);
            writeNodes(configuration.learners(), out);
            writeNodes(configuration.outgoing(), out);
            writeNodes(configuration.learnersNext(), out);
            writeNodes(configuration.promotable(), out);
        } else {
            writeNodes(configuration.voters(), out);
            writeNodes(configuration.learners(), out);
        }
        return out.toBytes();
    }

    private static void writeNodes(List<NodeId> nodes, Encoder out) {
        out.writeVarLong(nodes.size());
        for (NodeId node : nodes) {
            out.writeNode(node);
        }
    }

    static Configuration decode(Bytes payload) {
        if (payload.length() == 0) {
            throw new DecodeException("not a configuration: no bytes");
        }
        Decoder in = payload.decoder();
        try {
            Configuration configuration = payload.decoder().readByte() == FORM_2 ? readForm2(in) : readForm1(in);
            in.expectEnd();
            return configuration;
        } catch (IllegalArgumentException e) {
            throw new DecodeException("not a configuration: " + e.getMessage());
        }
    }

    private static Configuration readForm1(Decoder in) {
        return new Configuration(readNodes(in), readNodes(in));
    }

    private static Configuration readForm2(Decoder in) {
        in.readByte();
        int flags = in.readByte();
        if ((flags & ~FORCED) != 0) {
            throw new DecodeException("not a configuration: unknown flags");
        }
        List<NodeId> voters = readNodes(in);
        List<NodeId> learners = readNodes(in);
        List<NodeId> outgoing = readNodes(in);
        List<NodeId> learnersNext = readNodes(in);
        return new Configuration(voters, outgoing, learners, learnersNext, readNodes(in), flags == FORCED);
    }

    private static List<NodeId> readNodes(Decoder in) {
        int count = in.readCount(2);
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }
}
