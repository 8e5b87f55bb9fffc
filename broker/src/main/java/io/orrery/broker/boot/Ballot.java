package io.orrery.broker.boot;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * A try to form a cluster. No two are equal: a node uses each round once.
 *
 * @param round from 1
 * @param by who tries
 */
public record Ballot(long round, NodeId by) implements Comparable<Ballot> {
    @Override
    public int compareTo(Ballot other) {
        int order = Long.compare(round, other.round);
        return order != 0 ? order : by.compareTo(other.by);
    }

    static void encode(Ballot ballot, Encoder out) {
        out.writeVarLong(ballot == null ? 0 : ballot.round);
        if (ballot != null) {
            out.writeNode(ballot.by);
        }
    }

    /** Null for none. */
    static Ballot decode(Decoder in) {
        long round = in.readVarLong();
        if (round < 0) {
            throw new DecodeException("a round out of range");
        }
        return round == 0 ? null : new Ballot(round, in.readNode());
    }

    /** One that must be there. */
    static Ballot decodeOne(Decoder in) {
        Ballot ballot = decode(in);
        if (ballot == null) {
            throw new DecodeException("a ballot is missing");
        }
        return ballot;
    }

    @Override
    public String toString() {
        return round + " of " + by;
    }
}
