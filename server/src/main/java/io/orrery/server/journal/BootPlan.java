package io.orrery.server.journal;

import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.Electorate;
import io.orrery.broker.cluster.KeeperConfig;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server decides about how a node's cluster forms, heals and is cleaned.
 *
 * @param electorate who forms the cluster
 * @param isOlder whether the node has data of a cluster that is older than cluster ids
 * @param restartsMinority whether the minority restarts after a split
 * @param cleanNanos after which the leader forgets a node that does not run; 0 for never
 */
public record BootPlan(Electorate electorate, boolean isOlder, boolean restartsMinority, long cleanNanos) {
    private static final long HEAL_WAIT_NANOS = Time.seconds(15);
    private static final long FAST_HEAL_WAIT_NANOS = Time.seconds(2);

    /** How the cluster's members are kept. */
    KeeperConfig keeper(KeeperConfig usual, boolean isFast) {
        long healWaitNanos = isFast ? FAST_HEAL_WAIT_NANOS : HEAL_WAIT_NANOS;
        return usual.healing(restartsMinority ? healWaitNanos : 0).cleaning(cleanNanos);
    }

    /** The configuration of this, on a node that contacts these. */
    BootConfig config(List<NodeId> seeds, boolean isFast) {
        BootConfig config = BootConfig.of(electorate, seeds);
        config = isFast ? config.fast() : config;
        return isOlder ? config.older() : config;
    }

    void encode(Encoder out) {
        out.writeBoolean(isOlder);
        out.writeVarLong(electorate.expected());
        out.writeVarLong(electorate.names().size());
        electorate.names().forEach(out::writeNode);
        out.writeBoolean(restartsMinority);
        out.writeVarLong(cleanNanos);
    }

    static BootPlan decode(Decoder in) {
        boolean isOlder = in.readBoolean();
        int expected = Math.toIntExact(in.readVarLong());
        int count = in.readCount(1);
        List<NodeId> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readNode());
        }
        if (count > 0 && count != expected) {
            throw new DecodeException("an electorate that cannot be");
        }
        BootPlan plan = new BootPlan(new Electorate(names, expected), isOlder, in.readBoolean(), in.readVarLong());
        if (plan.cleanNanos < 0) {
            throw new DecodeException("a time to forget nodes out of range");
        }
        return plan;
    }
}
