package io.orrery.jepsen.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvMachineTest {
    private final KvMachine machine = new KvMachine();
    private long index;

    @Test
    void compareAndSetWritesOnlyWhatItExpects() {
        assertThat(apply(new KvCommand.Read("k"))).isEqualTo(new KvResult(KvResult.Status.ABSENT, ""));
        assertThat(apply(new KvCommand.CompareAndSet("k", "1", "2", false)).status())
                .isEqualTo(KvResult.Status.ABSENT);
        assertThat(apply(new KvCommand.CompareAndSet("k", "1", "2", true)).status())
                .isEqualTo(KvResult.Status.OK);
        assertThat(apply(new KvCommand.CompareAndSet("k", "1", "3", true)))
                .isEqualTo(new KvResult(KvResult.Status.MISMATCH, "2"));
        assertThat(apply(new KvCommand.CompareAndSet("k", "2", "4", false)).status())
                .isEqualTo(KvResult.Status.OK);
        assertThat(apply(new KvCommand.Read("k"))).isEqualTo(new KvResult(KvResult.Status.OK, "4"));
        assertThat(apply(new KvCommand.Write("k", "null"))).isEqualTo(new KvResult(KvResult.Status.OK, "null"));
    }

    @Test
    void bytesThatAreNoCommandYieldAResultThatSaysSo() {
        Prng prng = new Prng(9);
        int malformed = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes =
                    new KvCommand.CompareAndSet("key", "1", "2", true).encode().toByteArray();
            bytes[prng.below(bytes.length)] = (byte) prng.nextLong();
            Bytes result = machine.apply(++index, 0, Bytes.wrap(bytes, 0, prng.below(bytes.length) + 1));
            malformed += KvResult.decode(result).status() == KvResult.Status.MALFORMED ? 1 : 0;
        }
        assertThat(malformed).isGreaterThan(1_000);
    }

    @Test
    void snapshotRestoresTheWholeState() {
        String big = "\"" + "x".repeat(300) + "\"";
        for (int i = 0; i < 1_000; i++) {
            apply(new KvCommand.Write(Integer.toString(i), big + i));
        }
        List<Bytes> slices = new ArrayList<>();
        machine.snapshot(slices::add);
        assertThat(slices).hasSizeGreaterThan(2).allMatch(slice -> slice.length() <= 1024 * 1024);
        KvMachine restored = new KvMachine();
        restored.apply(1, 0, new KvCommand.Write("gone", "1").encode());
        restored.restore(reader(slices));
        List<Bytes> again = new ArrayList<>();
        restored.snapshot(again::add);
        assertThat(again).isEqualTo(slices);
        assertThat(KvResult.decode(restored.apply(2, 0, new KvCommand.Read("999").encode()))
                        .value())
                .isEqualTo(big + 999);
        assertThat(KvResult.decode(restored.apply(3, 0, new KvCommand.Read("gone").encode()))
                        .status())
                .isEqualTo(KvResult.Status.ABSENT);
    }

    private KvResult apply(KvCommand command) {
        return KvResult.decode(machine.apply(++index, 0, command.encode()));
    }

    private static SnapshotReader reader(List<Bytes> slices) {
        Iterator<Bytes> rest = slices.iterator();
        return new SnapshotReader() {
            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public Bytes next() {
                return rest.next();
            }
        };
    }
}
