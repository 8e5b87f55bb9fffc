package io.orrery.broker.heal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node tells the leader after a split; protocol 10, on streams, repeated until a decision is seen.
 *
 * @param healedAt index of the last decision that the sender knows
 * @param generation of the sender
 * @param missed nodes that the sender took for dead and that lived
 */
public record HealReport(long healedAt, long generation, SortedSet<NodeId> missed) {
    private static final int NODES_MAX = 1_024;

    public HealReport {
        missed = Collections.unmodifiableSortedSet(new TreeSet<>(missed));
    }

    /** Its bytes: index, generation, count, names. */
    static Codec<HealReport> codec() {
        return Codec.of(HealReport::encode, HealReport::decode);
    }

    static void encode(HealReport report, Encoder out) {
        out.writeVarLong(report.healedAt);
        out.writeVarLong(report.generation);
        out.writeVarLong(report.missed.size());
        report.missed.forEach(out::writeNode);
    }

    static HealReport decode(Decoder in) {
        long healedAt = in.readVarLong();
        long generation = in.readVarLong();
        int count = in.readCount(1);
        if (count > NODES_MAX) {
            throw new DecodeException("more nodes than a cluster has");
        }
        TreeSet<NodeId> missed = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            missed.add(in.readNode());
        }
        return new HealReport(healedAt, generation, missed);
    }
}
