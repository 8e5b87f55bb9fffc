package io.orrery.raft.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryWindowTest {
    @Test
    void aWindowIsWhatAListWouldBeAndWhatIsKeptOfItNeverChanges() {
        ChunkPool pool = new ChunkPool();
        for (long seed = 1; seed <= 100; seed++) {
            Prng prng = new Prng(seed);
            EntryWindow window = new EntryWindow(pool);
            List<Entry> model = new ArrayList<>();
            Map<Entry, Long> kept = new LinkedHashMap<>();
            long first = 1;
            for (int step = 0; step < 200; step++) {
                int draw = prng.below(10);
                if (draw == 0 && !model.isEmpty()) {
                    int drop = 1 + prng.below(model.size());
                    model.subList(0, drop).clear();
                    first += drop;
                    window.dropTo(first - 1);
                } else if (draw == 1 && !model.isEmpty()) {
                    int keep = prng.below(model.size());
                    model.subList(keep, model.size()).clear();
                    window.dropFrom(first + keep);
                } else if (draw == 2 && !model.isEmpty()) {
                    Entry entry = window.at(first + prng.below(model.size()));
                    kept.put(entry, entry.digest());
                } else {
                    for (int i = prng.below(20); i > 0; i--) {
                        Entry entry = entry(first + model.size(), seed, prng);
                        model.add(entry);
                        append(window, entry);
                    }
                }
                assertThat(window.first()).isEqualTo(first);
                assertThat(window.last()).isEqualTo(first + model.size() - 1);
            }
            for (Entry entry : model) {
                assertThat(window.digest(entry.index())).isEqualTo(entry.digest());
                assertThat(window.payload(entry.index(), false)).isEqualTo(entry.payload());
            }
            kept.forEach((entry, digest) -> assertThat(entry.digest()).isEqualTo(digest));
        }
    }

    @Test
    void memoryOfEntriesThatNobodyKeepsIsUsedAgain() {
        EntryWindow window = new EntryWindow(new ChunkPool());
        byte[] payload = new byte[ChunkPool.CHUNK_BYTES - 100];
        append(window, entryOf(1, payload));
        append(window, entryOf(2, payload));
        byte[] memory = window.array(1);
        window.dropTo(1);
        append(window, entryOf(3, payload));
        assertThat(window.array(3)).isSameAs(memory);
    }

    @Test
    void memoryOfAnEntryThatSomebodyKeepsIsNotUsedAgain() {
        EntryWindow window = new EntryWindow(new ChunkPool());
        byte[] payload = new byte[ChunkPool.CHUNK_BYTES - 100];
        append(window, entryOf(1, payload));
        append(window, entryOf(2, payload));
        byte[] memory = window.payload(1, true).array();
        window.dropTo(1);
        append(window, entryOf(3, payload));
        assertThat(window.array(3)).isNotSameAs(memory);
    }

    @Test
    void anEntryPutInPlaceOfAnotherTakesItsIndex() {
        EntryWindow window = new EntryWindow(new ChunkPool());
        window.put(entryOf(5, new byte[] {1}));
        window.put(entryOf(3, new byte[] {2}));
        window.put(entryOf(5, new byte[] {3}));
        assertThat(window.holds(4)).isFalse();
        assertThat(window.at(4)).isNull();
        assertThat(window.at(5).payload().at(0)).isEqualTo((byte) 3);
        assertThat(window.at(3).payload().at(0)).isEqualTo((byte) 2);
    }

    private static void append(EntryWindow window, Entry entry) {
        Bytes payload = entry.payload();
        window.append(
                entry.term(),
                entry.timestampMillis(),
                entry.kind(),
                payload.array(),
                payload.offset(),
                payload.length());
    }

    private static Entry entryOf(long index, byte[] payload) {
        return new Entry(index, 1, 0, Entry.Kind.COMMAND, Bytes.wrap(payload));
    }

    private static Entry entry(long index, long term, Prng prng) {
        byte[] payload = new byte[prng.below(8) == 0 ? prng.below(20_000) : prng.below(50)];
        for (int i = 0; i < payload.length; i += 7) {
            payload[i] = (byte) prng.nextLong();
        }
        return new Entry(index, term, prng.below(1000), Entry.Kind.of(prng.below(3)), Bytes.wrap(payload));
    }
}
