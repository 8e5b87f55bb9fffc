package io.orrery.gossip.registry.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private static final Origin OLD = new Origin(NodeId.of("n1"), 5);
    private static final Origin LOWER = new Origin(NodeId.of("n2"), 4);
    private static final Origin LATER = new Origin(NodeId.of("n3"), 9);
    private static final long FLOOR = 1_000;

    private static CellStore store() {
        return new CellStore(16, new CellListener() {
            @Override
            public void onChange(Cell before, Cell after) {}

            @Override
            public void onVoided(NodeId node, long life) {}
        });
    }

    private static Cell cell(Kind kind, long epoch, long stamp, boolean deleted, Origin origin, long sequence) {
        Bytes value = deleted ? Bytes.EMPTY : Bytes.ofUtf8("v");
        return new Cell(Keys.of(kind, "k"), value, epoch, stamp, deleted, origin, sequence);
    }

    @Test
    void whatIsAdoptedBeatsAnyDeleteThatWasCollected() {
        for (Kind kind : new Kind[] {Kind.NAMESPACE, Kind.CLIENT, Kind.SESSION}) {
            long first = kind == Kind.NAMESPACE ? 0 : 1;
            Cell news = cell(kind, 10 * first, 2_000 - 1_500 * (1 - first), false, OLD, 1);
            Cell delete = cell(kind, FLOOR * first, FLOOR, true, LATER, 7);
            Cell adopted = Adoption.of(news, FLOOR, LOWER, 3);
            assertThat(CellOrder.compare(delete, news))
                    .as("the delete beats " + news)
                    .isPositive();
            assertThat(CellOrder.compare(adopted, delete))
                    .as("it loses to " + adopted)
                    .isPositive();
            assertThat(CellOrder.compare(adopted, news)).isPositive();
        }
    }

    @Test
    void withoutAFloorItStandsAsItWasAndStillBeatsWhatItIsMadeOf() {
        Cell news = cell(Kind.CLIENT, 10, 20, false, OLD, 1);
        Cell byLater = Adoption.of(news, 0, LATER, 3);
        Cell byLower = Adoption.of(news, 0, LOWER, 3);
        assertThat(byLater.stamp()).isEqualTo(20);
        assertThat(byLater.value()).isEqualTo(news.value());
        assertThat(CellOrder.compare(byLater, news)).isPositive();
        assertThat(CellOrder.compare(byLower, news)).isPositive();
    }

    @Test
    void aSessionIsAdoptedAsItsEnd() {
        Cell adopted = Adoption.of(cell(Kind.SESSION, 10, 20, false, OLD, 1), FLOOR, LATER, 3);
        assertThat(adopted.isDeleted()).isTrue();
        assertThat(adopted.epoch()).isGreaterThan(FLOOR);
    }

    @Test
    void ofARetiredLifeOnlyThatWasSeenWhichHadANumber() {
        CellStore store = store();
        Cell seen = cell(Kind.NAMESPACE, 0, 20, false, OLD, 2);
        Cell beats = cell(Kind.NAMESPACE, 0, 30, false, LATER, 1);
        store.merge(seen);
        store.see(OLD, 2);
        store.merge(beats);
        store.see(LATER, 1);
        store.retire(OLD.node(), OLD.life());
        Cell never = cell(Kind.NAMESPACE, 0, 40, false, OLD, 3);
        assertThat(store.hasSeen(seen)).isTrue();
        assertThat(store.hasSeen(never)).isFalse();
        assertThat(Adoption.isNeeded(store, never, false)).isTrue();
        assertThat(Adoption.isNeeded(store, seen, true)).isFalse();
    }

    @Test
    void twoThatRetiredALifeAndSawDifferentWritesOfItHaveNotSeenTheSame() {
        CellStore two = store();
        CellStore three = store();
        two.see(OLD, 2);
        three.see(OLD, 3);
        two.retire(OLD.node(), OLD.life());
        three.retire(OLD.node(), OLD.life());
        assertThat(two.seen()).isEqualTo(three.seen());
        assertThat(two.closedHash()).isNotEqualTo(three.closedHash());
        assertThat(two.knowsCollected(three.seen(), three.closedHash())).isFalse();
        two.joinFloors(three.floors());
        assertThat(two.closedHash()).isEqualTo(three.closedHash());
        assertThat(two.knowsCollected(three.seen(), three.closedHash())).isTrue();
    }

    @Test
    void whatAStrangerBringsAboveTheFloorIsTakenAsItIs() {
        CellStore store = store();
        Cell tombstone = cell(Kind.NAMESPACE, 0, FLOOR, true, LATER, 1);
        store.merge(tombstone);
        store.see(LATER, 1);
        assertThat(store.collect(store.seen(), 10)).isEqualTo(1);
        Cell below = cell(Kind.NAMESPACE, 0, FLOOR - 1, false, OLD, 1);
        Cell above = cell(Kind.NAMESPACE, 0, FLOOR + 1, false, OLD, 2);
        assertThat(Adoption.isNeeded(store, below, true)).isTrue();
        assertThat(Adoption.isNeeded(store, below, false)).isFalse();
        assertThat(Adoption.isNeeded(store, above, true)).isFalse();
        assertThat(Adoption.unknownBelow(store, new Versions(), FLOOR)).isEmpty();
        store.merge(below);
        assertThat(Adoption.unknownBelow(store, new Versions(), FLOOR)).containsExactly(below);
    }
}
