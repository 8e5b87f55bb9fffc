package io.orrery.server.bench.snapshot;

import io.orrery.kernel.Prng;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.StateMachine;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.snapshot.SnapshotMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A large state: values of a kilobyte by number. A command that begins with 1 makes some values at once, so that a gigabyte of state
 * does not take a gigabyte of log; any other replaces one value.
 */
final class BulkMachine implements StateMachine {
    static final int VALUES_PER_FILL = 4;

    private static final int PIECE_BYTES = 32 * ValueStore.VALUE_BYTES;

    private SnapshotMap<Long, Integer> slots = new SnapshotMap<>();
    private final ValueStore.Slabs slabs;
    private final byte[] scratch = new byte[ValueStore.VALUE_BYTES];
    private ValueStore values;
    private ValueStore restoring;
    /** The last one that the open view has read. */
    private long passedKey = -1;

    BulkMachine(ValueStore.Slabs slabs) {
        this.slabs = slabs;
        this.values = new ValueStore(slabs);
    }

    /** Gives all memory back; the node has ended. */
    void close() {
        values.close();
        if (restoring != null) {
            restoring.close();
        }
    }

    /** Makes the next values. */
    static Bytes fill() {
        return Bytes.wrap(new byte[] {1});
    }

    int size() {
        return slots.size();
    }

    /** A checksum of all values, in order; reads all of them. */
    long checksum() {
        CRC32C crc = new CRC32C();
        for (int slot : slots.asMap().values()) {
            values.copy(slot, scratch);
            crc.update(scratch);
        }
        return crc.getValue();
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes command) {
        if (!command.isEmpty() && command.at(0) == 1) {
            for (int i = 0; i < VALUES_PER_FILL; i++) {
                put(slots.size(), index);
            }
        } else if (!slots.isEmpty()) {
            put(Long.remainderUnsigned(Prng.mix(index), slots.size()), index);
        }
        return Bytes.EMPTY;
    }

    @Override
    public boolean keepsCommands() {
        return false;
    }

    private void put(long key, long index) {
        Encoder value = new Encoder(ValueStore.VALUE_BYTES, ValueStore.VALUE_BYTES);
        while (value.position() < ValueStore.VALUE_BYTES) {
            value.writeLong(Prng.mix(key * 31 + index + value.position()));
        }
        int slot = values.take();
        values.set(slot, value.buffer(), 0);
        Integer before = slots.put(key, slot);
        if (before != null) {
            values.giveBack(before, key > passedKey);
        }
    }

    @Override
    public SnapshotSource snapshot() {
        return new Source(slots.view());
    }

    /** The values of one moment, in the order of their numbers. */
    private final class Source implements SnapshotSource {
        private final SnapshotMap.View<Long, Integer> view;
        private final ValueStore viewed = values;
        private final byte[] copy = new byte[ValueStore.VALUE_BYTES];
        private final Encoder piece = new Encoder(PIECE_BYTES, 2 * PIECE_BYTES);

        private Source(SnapshotMap.View<Long, Integer> view) {
            this.view = view;
            passedKey = -1;
            viewed.onView(true);
        }

        @Override
        public boolean writeNext(SnapshotWriter out, int bytesMax) {
            int written = 0;
            Map.Entry<Long, Integer> entry = view.next();
            while (entry != null) {
                piece.writeLong(entry.getKey());
                viewed.copy(entry.getValue(), copy);
                viewed.onRead(entry.getValue());
                passedKey = entry.getKey();
                piece.writeRaw(copy, 0, copy.length);
                if (piece.position() >= PIECE_BYTES) {
                    written += piece.position();
                    flush(out);
                }
                if (written >= bytesMax) {
                    return true;
                }
                entry = view.next();
            }
            flush(out);
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
            viewed.onView(false);
        }
    }

    @Override
    public SnapshotSink restore() {
        SnapshotMap<Long, Integer> restored = new SnapshotMap<>();
        if (restoring != null) {
            restoring.close();
        }
        ValueStore store = new ValueStore(slabs);
        restoring = store;
        return new SnapshotSink() {
            @Override
            public void take(Bytes piece) {
                Decoder in = piece.decoder();
                while (in.remaining() > 0) {
                    long key = in.readLong();
                    Bytes value = in.readRaw(ValueStore.VALUE_BYTES);
                    int slot = store.take();
                    store.set(slot, value.array(), value.offset());
                    restored.put(key, slot);
                }
            }

            @Override
            public void complete() {
                slots = restored;
                values.close();
                values = store;
                restoring = null;
            }
        };
    }
}
