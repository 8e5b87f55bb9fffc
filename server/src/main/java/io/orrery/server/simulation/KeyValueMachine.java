package io.orrery.server.simulation;

import io.orrery.kernel.Prng;
import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** Values by key, and the numbers of the commands that made them with their leaders' stamps, in the order applied. */
final class KeyValueMachine implements SmallStateMachine {
    private final TreeMap<String, String> values = new TreeMap<>();
    private final List<Long> numbers = new ArrayList<>();
    private final List<Long> stamps = new ArrayList<>();
    private final Decoder decoder = new Decoder();
    private long valuesDigest;
    private long commandsDigest;

    /** Numbers of the commands applied, in order. */
    List<Long> numbers() {
        return Collections.unmodifiableList(numbers);
    }

    /** Empty for a key never written. */
    String value(String key) {
        return values.getOrDefault(key, "");
    }

    /**
     * A hash of all values and of the commands applied with their stamps, in order: equal exactly, but for chance, where those
     * are.
     */
    long digest() {
        return valuesDigest ^ commandsDigest;
    }

    @Override
    public Bytes apply(long index, long timestampMillis, Bytes bytes) {
        decoder.wrap(bytes);
        KeyValueCommand command = KeyValueCommand.decode(decoder);
        add(command.number(), timestampMillis);
        String before = value(command.key());
        set(command.key(), command.apply(before));
        return Bytes.ofUtf8(before);
    }

    private void add(long number, long stamp) {
        numbers.add(number);
        stamps.add(stamp);
        commandsDigest = Prng.mix(Prng.mix(commandsDigest * 31 + number) + stamp);
    }

    private void set(String key, String value) {
        valuesDigest += hash(key, value) - hash(key, value(key));
        values.put(key, value);
    }

    private static long hash(String key, String value) {
        return value.isEmpty() ? 0 : Prng.mix(Prng.mix(key.hashCode()) + value.hashCode());
    }

    @Override
    public void snapshot(SnapshotWriter out) {
        Encoder slice = new Encoder();
        slice.writeVarLong(values.size());
        values.forEach((key, value) -> {
            slice.writeString(key);
            slice.writeString(value);
        });
        slice.writeVarLong(numbers.size());
        numbers.forEach(slice::writeVarLong);
        stamps.forEach(slice::writeLong);
        out.write(slice.toBytes());
    }

    @Override
    public void restore(SnapshotReader in) {
        values.clear();
        numbers.clear();
        stamps.clear();
        valuesDigest = 0;
        commandsDigest = 0;
        Decoder slice = in.next().decoder();
        for (long left = slice.readVarLong(); left > 0; left--) {
            set(slice.readString(), slice.readString());
        }
        List<Long> restored = new ArrayList<>();
        for (long left = slice.readVarLong(); left > 0; left--) {
            restored.add(slice.readVarLong());
        }
        restored.forEach(number -> add(number, slice.readLong()));
    }
}
