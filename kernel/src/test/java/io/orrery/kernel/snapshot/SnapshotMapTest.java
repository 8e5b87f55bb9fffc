package io.orrery.kernel.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotMapTest {
    @Test
    void aViewShowsTheMapAsItWasWhateverChangesMeanwhile() {
        int keptMost = 0;
        for (long seed = 0; seed < 500; seed++) {
            Prng prng = new Prng(seed);
            SnapshotMap<Integer, Long> map = new SnapshotMap<>();
            change(map, prng, 50);
            TreeMap<Integer, Long> expected = new TreeMap<>(map.asMap());
            SnapshotMap.View<Integer, Long> view = map.view();
            TreeMap<Integer, Long> seen = new TreeMap<>();
            Map.Entry<Integer, Long> entry = view.next();
            while (entry != null) {
                assertThat(seen.isEmpty() || seen.lastKey() < entry.getKey()).isTrue();
                seen.put(entry.getKey(), entry.getValue());
                change(map, prng, prng.below(6));
                keptMost = Math.max(keptMost, view.keptCount());
                entry = view.next();
            }
            assertThat(seen).isEqualTo(expected);
            view.close();
        }
        assertThat(keptMost).isBetween(5, 64);
    }

    @Test
    void afterAViewIsClosedAnotherShowsWhatThereIsNow() {
        SnapshotMap<String, String> map = new SnapshotMap<>();
        map.put("a", "1");
        SnapshotMap.View<String, String> view = map.view();
        assertThatThrownBy(map::view).isInstanceOf(Check.Violation.class);
        map.put("b", "2");
        view.close();
        assertThat(map.view().next()).isEqualTo(Map.entry("a", "1"));
        assertThatThrownBy(view::next).isInstanceOf(Check.Violation.class);
    }

    private static void change(SnapshotMap<Integer, Long> map, Prng prng, int count) {
        for (int i = 0; i < count; i++) {
            if (prng.chance(400_000)) {
                map.remove(prng.below(64));
            } else {
                map.put(prng.below(64), prng.nextLong());
            }
        }
    }
}
