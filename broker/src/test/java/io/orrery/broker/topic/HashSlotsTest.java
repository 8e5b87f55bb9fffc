package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import org.junit.jupiter.api.Test;

class HashSlotsTest {
    private static boolean contains(HashSlots slots, int hash, int value) {
        long raw;
        for (int slot = slots.home(hash); (raw = slots.raw(slot)) != 0; slot = slots.next(slot)) {
            if (HashSlots.hash(raw) == hash && HashSlots.value(raw) == value) {
                return true;
            }
        }
        return false;
    }

    /** Grows past the size at which it falls into segments, and shrinks to nothing. */
    @Test
    void entriesAreFoundExactlyWhileTheyAreThere() {
        for (boolean skewed : new boolean[] {false, true}) {
            int count = 150_000;
            int[] hashes = new int[count];
            Prng prng = new Prng(1);
            HashSlots slots = new HashSlots();
            for (int i = 0; i < count; i++) {
                // Skewed: most in a few segments, and many with the same hash.
                hashes[i] = skewed && i % 10 != 0 ? (int) Prng.mix(i / 4) >>> 6 : (int) prng.nextLong();
                slots.insert(hashes[i], i);
            }
            assertThat(slots.size()).isEqualTo(count);
            for (int i = 0; i < count; i += 2) {
                assertThat(slots.remove(hashes[i], i)).isTrue();
                assertThat(slots.remove(hashes[i], i)).isFalse();
            }
            for (int i = 0; i < count; i++) {
                assertThat(contains(slots, hashes[i], i)).isEqualTo(i % 2 == 1);
            }
            for (int i = 1; i < count; i += 2) {
                assertThat(slots.remove(hashes[i], i)).isTrue();
            }
            assertThat(slots.size()).isZero();
        }
    }
}
