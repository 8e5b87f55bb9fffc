package io.orrery.gossip.registry.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The laws on which convergence rests, over histories drawn from a seed: several replicas that write, tell and collect. */
class CellLawsTest {
    private static final int REPLICAS = 4;
    private static final int KEYS = 5;

    /** A replica without a network: what it is told, it is told by a call. */
    private static final class Site {
        private final HybridClock clock = new HybridClock(1000);
        private Origin origin;
        private CellStore store;
        private long sequence;
        private List<Cell> savedCells = new ArrayList<>();
        private Versions savedSeen = new Versions();
        private Versions savedFloors = new Versions();
        private long savedFloorStamp;

        private Site(int number) {
            this.origin = new Origin(NodeId.of("n" + number), 10 + number);
            this.store = store();
        }

        private static CellStore store() {
            return new CellStore(16, new CellListener() {
                @Override
                public void onChange(Cell before, Cell after) {}

                @Override
                public void onVoided(NodeId node, long life) {}
            });
        }

        private Cell write(Random luck) {
            Kind kind = Kind.values()[luck.nextInt(3)];
            Bytes key = Keys.of(kind, "k" + luck.nextInt(KEYS));
            Cell held = store.find(key);
            boolean deletes = luck.nextInt(3) == 0;
            long wall = luck.nextInt(50);
            long stamp = deletes && kind != Kind.CLIENT && held != null ? held.stamp() + 1 : clock.next(wall, held);
            stamp = Math.max(stamp, held == null ? store.floorStamp() + 1 : 0);
            long first = kind == Kind.NAMESPACE ? 0 : stamp;
            long epoch = held == null ? first : held.epoch() + luck.nextInt(2);
            Bytes value = deletes ? Bytes.EMPTY : Bytes.ofUtf8("v" + luck.nextInt(3));
            Cell cell = new Cell(key, value, epoch, stamp, deletes, origin, ++sequence);
            store.write(cell);
            return cell;
        }

        /** What a pull does, in one step: what is missing, or all if something was collected that we have not seen. */
        private void pull(Site from) {
            boolean delta = from.store.knowsCollected(store.seen(), store.closedHash());
            List<Cell> told = new ArrayList<>();
            Versions seen = store.seen();
            from.store.table().forEach(cell -> {
                if (!delta || !seen.covers(cell)) {
                    told.add(cell);
                }
            });
            told.forEach(store::merge);
            if (!delta) {
                store.dropAbsent(store.absent(0, CellTable.HASH_END, told, from.store.seen()));
            }
            store.join(from.store.seen());
            if (!delta) {
                store.joinFloors(from.store.floors());
            }
            store.raiseFloorStamp(from.store.floorStamp());
        }

        /** Only what is settled is saved. */
        private void maybeSave() {
            if (store.isSettled()) {
                savedCells = new ArrayList<>();
                store.table().forEach(savedCells::add);
                savedSeen = store.seen();
                savedFloors = store.floors();
                savedFloorStamp = store.floorStamp();
            }
        }

        /** Another life begins with what was saved. */
        private void fallBack() {
            store = store();
            savedCells.forEach(store::merge);
            store.join(savedSeen);
            store.joinFloors(savedFloors);
            store.raiseFloorStamp(savedFloorStamp);
            origin = new Origin(origin.node(), origin.life() + 100);
            sequence = 0;
        }

        private TreeMap<Bytes, Cell> live() {
            TreeMap<Bytes, Cell> live = new TreeMap<>();
            store.table().forEach(cell -> {
                if (!cell.isDeleted()) {
                    live.put(cell.key(), cell);
                }
            });
            return live;
        }
    }

    private static List<Cell> history(Random luck, int steps) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            sites.add(new Site(i));
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            Site site = sites.get(luck.nextInt(REPLICAS));
            if (luck.nextInt(3) == 0) {
                site.pull(sites.get(luck.nextInt(REPLICAS)));
            } else {
                cells.add(site.write(luck));
            }
        }
        return cells;
    }

    @Property(tries = 300)
    void mergingIsCommutativeAssociativeAndIdempotent(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int steps) {
        Random luck = new Random(seed);
        List<Cell> cells = history(luck, steps);
        CellStore once = Site.store();
        cells.forEach(once::merge);
        for (int order = 0; order < 3; order++) {
            List<Cell> shuffled = new ArrayList<>(cells);
            shuffled.addAll(cells.subList(0, cells.size() / 2));
            Collections.shuffle(shuffled, luck);
            CellStore other = Site.store();
            shuffled.forEach(other::merge);
            assertThat(other.liveHash()).isEqualTo(once.liveHash());
            for (Cell cell : cells) {
                assertThat(other.find(cell.key())).isEqualTo(once.find(cell.key()));
            }
        }
    }

    @Property(tries = 300)
    void orderIsTotalAndAWriteBeatsWhatItsWriterSaw(@ForAll long seed) {
        List<Cell> cells = history(new Random(seed), 30);
        for (Cell a : cells) {
            for (Cell b : cells) {
                if (a.key().equals(b.key())) {
                    int order = Integer.signum(CellOrder.compare(a, b));
                    assertThat(order).isEqualTo(-Integer.signum(CellOrder.compare(b, a)));
                    assertThat(order == 0).isEqualTo(a.equals(b));
                    boolean later = a.origin().equals(b.origin()) && a.sequence() > b.sequence();
                    boolean revokes = a.kind().deleteWins() && b.isDeleted() && a.epoch() == b.epoch();
                    assertThat(!later || revokes || order > 0).isTrue();
                }
            }
        }
    }

    @Property(tries = 300)
    void deltasEqualFullState(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        Random luck = new Random(seed);
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            sites.add(new Site(i));
        }
        for (int i = 0; i < steps; i++) {
            Site site = sites.get(luck.nextInt(REPLICAS));
            if (luck.nextInt(2) == 0) {
                site.write(luck);
            } else {
                site.pull(sites.get(luck.nextInt(REPLICAS)));
            }
        }
        Site teller = sites.get(0);
        Site asker = sites.get(1);
        CellStore full = Site.store();
        asker.store.table().forEach(full::merge);
        teller.store.table().forEach(full::merge);
        asker.pull(teller);
        assertThat(asker.store.liveHash()).isEqualTo(full.liveHash());
        asker.store.audit();
    }

    /** Collecting as CellStore demands, with states that fall back to what they were: nothing deleted comes back. */
    @Property(tries = 2000)
    void nothingComesBackThoughTombstonesAreCollectedAndStatesFallBack(
            @ForAll long seed, @ForAll @IntRange(min = 5, max = 80) int steps) {
        Random luck = new Random(seed);
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            sites.add(new Site(i));
        }
        List<Cell> all = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            Site site = sites.get(luck.nextInt(REPLICAS));
            int what = luck.nextInt(12);
            if (what == 11) {
                site.fallBack();
            } else if (what == 10) {
                site.maybeSave();
            } else if (what < 4) {
                all.add(site.write(luck));
            } else if (what < 8) {
                site.pull(sites.get(luck.nextInt(REPLICAS)));
            } else {
                collect(site, sites);
            }
        }
        for (int round = 0; round < 3; round++) {
            for (Site site : sites) {
                sites.forEach(site::pull);
            }
        }
        sites.forEach(Site::maybeSave);
        sites.forEach(site -> collect(site, sites));
        TreeMap<Bytes, Cell> truth = sites.get(0).live();
        for (Site site : sites) {
            assertThat(site.live()).isEqualTo(truth);
            assertThat(site.store.isSettled()).isTrue();
            site.store.audit();
        }
        CellStore store = sites.get(0).store;
        for (Cell write : all) {
            Cell held = store.find(write.key());
            boolean isKnown = store.seen().covers(write);
            assertThat(!isKnown || held == null || CellOrder.compare(held, write) >= 0)
                    .isTrue();
            assertThat(isKnown && held == null && !write.isDeleted() && !isDeletedBeyond(write, all))
                    .isFalse();
        }
    }

    private static boolean isDeletedBeyond(Cell write, List<Cell> all) {
        return all.stream()
                .anyMatch(other ->
                        other.isDeleted() && other.key().equals(write.key()) && CellOrder.compare(other, write) > 0);
    }

    private static void collect(Site site, List<Site> sites) {
        Versions seen = site.store.seen();
        Versions low = new Versions();
        for (Site other : sites) {
            if (!seen.includes(other.savedSeen)) {
                return;
            }
        }
        for (Origin origin : seen.sequences().keySet()) {
            long least = seen.sequence(origin);
            for (Site other : sites) {
                least = Math.min(least, other.savedSeen.sequence(origin));
            }
            if (least > 0) {
                low.add(origin, least);
            }
        }
        site.store.collect(low, 1000);
    }
}
