package io.orrery.gossip.registry.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.gossip.registry.message.VersionsCodec;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final int STEPS = 4_000;

    /** The same by the plainest means. */
    private static final class Plain {
        private final TreeMap<Origin, TreeSet<Long>> writes = new TreeMap<>();
        private final TreeMap<NodeId, Long> retired = new TreeMap<>();

        private boolean covers(Origin origin, long sequence) {
            return retired.getOrDefault(origin.node(), 0L) >= origin.life()
                    || writes.getOrDefault(origin, new TreeSet<>()).contains(sequence);
        }
    }

    @Test
    void setHoldsWhatWasAddedAndItsHashIsThatOfTheSameSetMadeInOneGo() {
        Prng luck = new Prng(11);
        Versions versions = new Versions();
        Plain plain = new Plain();
        for (int step = 0; step < STEPS; step++) {
            change(versions, plain, luck);
            Origin origin = origin(luck);
            long sequence = 1 + luck.below(40);
            assertEquals(plain.covers(origin, sequence), versions.covers(origin, sequence), () -> "of " + versions);
            if (step % 50 == 0) {
                Versions again = read(versions);
                assertEquals(versions, again);
                assertEquals(again.hash(), versions.hash(), "V1");
                assertTrue(versions.includes(again) && again.includes(versions));
            }
        }
        assertTrue(versions.retired().size() > 1, "some were retired");
    }

    @Test
    void copyDoesNotChangeWithWhatItWasMadeOf() {
        Prng luck = new Prng(12);
        Versions versions = new Versions();
        List<Versions> copies = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            change(versions, new Plain(), luck);
            copies.add(new Versions(versions));
            texts.add(versions.toString());
            change(copies.get(step / 2), new Plain(), luck);
            texts.set(step / 2, copies.get(step / 2).toString());
        }
        for (int i = 0; i < copies.size(); i++) {
            assertEquals(texts.get(i), copies.get(i).toString());
            assertEquals(read(copies.get(i)).hash(), copies.get(i).hash());
        }
    }

    @Test
    void setsDifferByEachOfTheirNumbers() {
        Origin origin = new Origin(NodeId.of("a"), 3);
        Versions versions = new Versions();
        versions.add(origin, 5);
        Versions more = new Versions(versions);
        assertEquals(versions, more);
        more.addOne(origin, 7);
        assertNotEquals(versions, more);
        assertNotEquals(versions.hash(), more.hash());
        assertTrue(more.includes(versions));
        assertEquals(false, versions.includes(more));
    }

    @Test
    void viewsAreSortedAndCannotBeWritten() {
        Versions versions = new Versions();
        versions.add(new Origin(NodeId.of("b"), 1), 2);
        versions.add(new Origin(NodeId.of("a"), 9), 4);
        versions.add(new Origin(NodeId.of("a"), 2), 3);
        assertEquals("{a/2=3, a/9=4, b/1=2}", versions.sequences().toString());
        Map<Origin, Long> view = versions.sequences();
        assertThrows(UnsupportedOperationException.class, () -> view.put(new Origin(NodeId.of("c"), 1), 1L));
    }

    private static void change(Versions versions, Plain plain, Prng luck) {
        Origin origin = origin(luck);
        long sequence = 1 + luck.below(40);
        switch (luck.below(8)) {
            case 0, 1, 2 -> {
                versions.add(origin, sequence);
                TreeSet<Long> writes = plain.writes.computeIfAbsent(origin, first -> new TreeSet<>());
                for (long one = 1; one <= sequence; one++) {
                    writes.add(one);
                }
            }
            case 3, 4, 5, 6 -> {
                versions.addOne(origin, sequence);
                plain.writes.computeIfAbsent(origin, first -> new TreeSet<>()).add(sequence);
            }
            default -> {
                // Seldom a late life, or soon there would be none to write.
                long life = luck.below(40) == 0 ? origin.life() : 1;
                versions.retire(origin.node(), life);
                plain.retired.merge(origin.node(), life, Math::max);
            }
        }
    }

    private static Origin origin(Prng luck) {
        return new Origin(NodeId.of("n" + luck.below(5)), 1 + luck.below(6));
    }

    private static Versions read(Versions versions) {
        Encoder out = new Encoder();
        VersionsCodec.write(versions, out);
        return VersionsCodec.read(out.toBytes().decoder());
    }
}
