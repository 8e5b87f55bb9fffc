package io.orrery.broker.heal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node tells the leader after a split; protocol 10, on streams, repeated until a decision is seen.
 *
 * @param healedAt index of the last decision that the sender knows
 * @param generation of the sender
 * @param missed nodes that the sender took for dead and that lived, or takes for dead still, by the generation that it missed
 */
public record HealReport(long healedAt, long generation, SortedMap<NodeId, Long> missed) {
    public HealReport {
        missed = Collections.unmodifiableSortedMap(new TreeMap<>(missed));
    }

    /** Its bytes: index, generation, count, names and generations. */
    static Codec<HealReport> codec() {
        return Codec.of(HealReport::encode, HealReport::decode);
    }

    static void encode(HealReport report, Encoder out) {
        out.writeVarLong(report.healedAt);
        out.writeVarLong(report.generation);
        HealRecord.encode(report.missed, out);
    }

    static HealReport decode(Decoder in) {
        long healedAt = in.readVarLong();
        long generation = in.readVarLong();
        return new HealReport(healedAt, generation, HealRecord.decode(in));
    }
}
