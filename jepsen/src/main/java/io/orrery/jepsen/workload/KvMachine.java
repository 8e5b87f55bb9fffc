package io.orrery.jepsen.workload;

import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The replicated key-value store: read, write, compare and set. A read may be a command, and then returns what was true at its
 * place in the log; or ask {@link #read} when the group says that this replica's state is recent enough.
 */
final class KvMachine implements SmallStateMachine {
    private static final int SLICE_BYTES = 64 * 1024;

    private final TreeMap<String, String> values = new TreeMap<>();

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        KvResult result;
        try {
            result = apply(KvCommand.decode(command));
        } catch (DecodeException noCommand) {
            result = new KvResult(KvResult.Status.MALFORMED, "");
        }
        return result.encode();
    }

    private KvResult apply(KvCommand command) {
        String held = values.get(command.key());
        if (command instanceof KvCommand.Write write) {
            return put(write.key(), write.value());
        }
        if (command instanceof KvCommand.CompareAndSet cas) {
            if (held == null) {
                return cas.creates() ? put(cas.key(), cas.to()) : new KvResult(KvResult.Status.ABSENT, "");
            }
            return held.equals(cas.from()) ? put(cas.key(), cas.to()) : new KvResult(KvResult.Status.MISMATCH, held);
        }
        return read(command.key());
    }

    /** What this replica holds now. */
    KvResult read(String key) {
        String held = values.get(key);
        return held == null ? new KvResult(KvResult.Status.ABSENT, "") : new KvResult(KvResult.Status.OK, held);
    }

    private KvResult put(String key, String value) {
        values.put(key, value);
        return new KvResult(KvResult.Status.OK, value);
    }

    @Override
    public void snapshot(SnapshotWriter out) {
        Encoder slice = new Encoder();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            slice.writeString(entry.getKey());
            slice.writeString(entry.getValue());
            if (slice.position() >= SLICE_BYTES) {
                out.write(slice.toBytes());
                slice.clear();
            }
        }
        if (slice.position() > 0) {
            out.write(slice.toBytes());
        }
    }

    @Override
    public void restore(SnapshotReader in) {
        values.clear();
        while (in.hasNext()) {
            Decoder slice = in.next().decoder();
            while (slice.remaining() > 0) {
                values.put(slice.readString(), slice.readString());
            }
        }
    }
}
