package io.orrery.server.bench;

import io.orrery.kernel.Prng;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.snapshot.SnapshotMap;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * A large state: values of {@value #VALUE_BYTES} bytes by number. A command that begins with 1 makes many values at once, so that a
 * gigabyte of state does not take a gigabyte of log; any other replaces one value. Notes the longest call of its snapshots.
 */
final class BulkMachine implements StateMachine {
    static final int VALUE_BYTES = 1024;
    static final int VALUES_PER_FILL = 256;

    private static final int PIECE_BYTES = 32 * VALUE_BYTES;

    private SnapshotMap<Long, Bytes> values = new SnapshotMap<>();
    private long longestStepNanos;

    /** Makes the next values. */
    static Bytes fill() {
        return Bytes.wrap(new byte[] {1});
    }

    /** The longest call of a source or sink, in nanoseconds of the thread's processor time. */
    long longestStepNanos() {
        return longestStepNanos;
    }

    int size() {
        return values.size();
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        if (!command.isEmpty() && command.at(0) == 1) {
            for (int i = 0; i < VALUES_PER_FILL; i++) {
                put(values.size(), index);
            }
        } else if (!values.isEmpty()) {
            put(Long.remainderUnsigned(Prng.mix(index), values.size()), index);
        }
        return Bytes.EMPTY;
    }

    private void put(long key, long index) {
        Encoder value = new Encoder(VALUE_BYTES, VALUE_BYTES);
        while (value.position() < VALUE_BYTES) {
            value.writeLong(Prng.mix(key * 31 + index + value.position()));
        }
        values.put(key, Bytes.wrap(value.buffer()));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void note(long startNanos) {
        longestStepNanos = Math.max(longestStepNanos, cpuNanos() - startNanos);
    }

    @Override
    public SnapshotSource snapshot() {
        long opened = cpuNanos();
        SnapshotMap.View<Long, Bytes> view = values.view();
        note(opened);
        return new SnapshotSource() {
            private final Encoder piece = new Encoder();

            @Override
            public boolean writeNext(SnapshotWriter out, int bytesMax) {
                long start = cpuNanos();
                int written = 0;
                Map.Entry<Long, Bytes> entry = view.next();
                while (entry != null) {
                    piece.writeLong(entry.getKey());
                    piece.writeRaw(entry.getValue());
                    if (piece.position() >= PIECE_BYTES) {
                        written += piece.position();
                        flush(out);
                    }
                    if (written >= bytesMax) {
                        note(start);
                        return true;
                    }
                    entry = view.next();
                }
                flush(out);
                note(start);
                return false;
            }

            private void flush(SnapshotWriter out) {
                if (piece.position() > 0) {
                    out.write(piece.toBytes());
                    piece.clear();
                }
            }

            @Override
            public void close() {
                view.close();
            }
        };
    }

    @Override
    public SnapshotSink restore() {
        SnapshotMap<Long, Bytes> restored = new SnapshotMap<>();
        return new SnapshotSink() {
            @Override
            public void take(Bytes piece) {
                long start = cpuNanos();
                Decoder in = piece.decoder();
                while (in.remaining() > 0) {
                    restored.put(in.readLong(), in.readRaw(VALUE_BYTES).compact());
                }
                note(start);
            }

            @Override
            public void complete() {
                values = restored;
            }
        };
    }
}
