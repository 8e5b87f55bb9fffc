package io.orrery.kernel.arena;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ByteArenaTest {
    private static Bytes string(Prng prng, int lengthMax) {
        byte[] string = new byte[prng.below(lengthMax + 1)];
        for (int i = 0; i < string.length; i++) {
            string[i] = (byte) prng.nextLong();
        }
        return Bytes.wrap(string);
    }

    private static void check(ByteArena arena, Map<Integer, Bytes> model) {
        assertThat(arena.count()).isEqualTo(model.size());
        model.forEach((name, string) -> {
            assertThat(arena.copy(name)).isEqualTo(string);
            assertThat(arena.is(name, string)).isTrue();
            assertThat(arena.is(name, Bytes.ofUtf8("other than " + string.length())))
                    .isFalse();
        });
    }

    @Test
    void stringsOfAnyLengthAreKeptUnderAnyHistory() {
        for (int lengthMax : new int[] {3, 60, 200, 20_000, 400_000}) {
            Prng prng = new Prng(lengthMax);
            ByteArena arena = new ByteArena();
            TreeMap<Integer, Bytes> model = new TreeMap<>();
            for (int step = 0; step < (lengthMax > 1000 ? 60 : 2000); step++) {
                if (model.isEmpty() || prng.chance(600_000)) {
                    Bytes string = string(prng, lengthMax);
                    assertThat(model.put(arena.add(string), string)).isNull();
                } else {
                    Integer name = model.ceilingKey(prng.below(model.lastKey() + 1));
                    model.remove(name);
                    arena.remove(name);
                }
            }
            check(arena, model);
            model.keySet().forEach(arena::remove);
            assertThat(arena.count()).isZero();
            assertThat(arena.reservedBytes()).isZero();
        }
    }

    @Test
    void roomOfARemovedStringIsUsedAgain() {
        ByteArena arena = new ByteArena();
        int first = arena.add(Bytes.ofUtf8("abcdef"));
        arena.add(Bytes.ofUtf8("another"));
        arena.remove(first);
        assertThat(arena.add(Bytes.ofUtf8("ghijkl"))).isEqualTo(first);
    }

    @Test
    void stringTakesItsLengthAndAFewBytes() {
        ByteArena arena = new ByteArena();
        for (int i = 0; i < 100_000; i++) {
            arena.add(Bytes.ofUtf8("device/" + (100_000 + i)));
        }
        assertThat(arena.reservedBytes() / 100_000.0).isBetween(16.0, 19.0);
    }
}
