package io.orrery.server.journal;

import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.Electorate;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server decides about a node's first boot.
 *
 * @param electorate who forms the cluster
 * @param isOlder whether the node has data of a cluster that is older than cluster ids
 */
public record BootPlan(Electorate electorate, boolean isOlder) {
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
        return new BootPlan(new Electorate(names, expected), isOlder);
    }
}
