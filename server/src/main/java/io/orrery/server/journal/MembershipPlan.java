package io.orrery.server.journal;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * What the server decides about membership, beside how fast it detects.
 *
 * @param datagrams whether members probe each other by datagrams
 * @param deadNanos how long a dead member is remembered
 */
public record MembershipPlan(boolean datagrams, long deadNanos) {
    /** In journals that do not say. */
    static final MembershipPlan OF_OLD = new MembershipPlan(true, Time.seconds(24 * 3600));

    /** The configuration with this in it. */
    GossipConfig in(GossipConfig config) {
        RetentionConfig old = config.retention();
        RetentionConfig retention = new RetentionConfig(
                old.announceNanos(), old.announceMaxNanos(), deadNanos, old.leftNanos(), old.membersMax());
        return config.with(retention).withDatagrams(datagrams);
    }

    void encode(Encoder out) {
        out.writeBoolean(datagrams);
        out.writeVarLong(deadNanos);
    }

    static MembershipPlan decode(Decoder in) {
        MembershipPlan plan = new MembershipPlan(in.readBoolean(), in.readVarLong());
        if (plan.deadNanos <= 0) {
            throw new DecodeException("a time to remember the dead out of range");
        }
        return plan;
    }
}
