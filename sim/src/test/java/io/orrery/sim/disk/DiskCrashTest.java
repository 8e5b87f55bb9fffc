package io.orrery.sim.disk;

import static io.orrery.sim.disk.OneDisk.N1;
import static io.orrery.sim.disk.OneDisk.content;
import static io.orrery.sim.disk.OneDisk.filled;
import static io.orrery.sim.disk.OneDisk.list;
import static io.orrery.sim.disk.OneDisk.one;
import static io.orrery.sim.disk.OneDisk.powerLoss;
import static io.orrery.sim.disk.OneDisk.run;
import static io.orrery.sim.disk.OneDisk.settle;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a power loss does to what was not durable. */
class DiskCrashTest {
    private final Simulation sim = one(3);

    @Test
    void crashNeverLosesWhatASyncCovered() {
        for (long seed = 0; seed < 50; seed++) {
            Simulation own = one(seed);
            boolean[] synced = new boolean[1];
            run(own, disk -> {
                disk.write("log", 0, filled(5000, 1), (none, failure) -> {});
                disk.sync("log", (none, failure) -> synced[0] = true);
                disk.write("log", 1000, filled(3000, 2), (none, failure) -> {});
                disk.write("log", 5000, filled(3000, 3), (none, failure) -> {});
            });
            assertTrue(own.runUntil(() -> synced[0], Time.seconds(1)));
            powerLoss(own);
            byte[] content = content(own, "log");
            assertTrue(content.length >= 5000);
            for (int i = 0; i < content.length; i++) {
                boolean right = i >= 1000 && i < 4000
                        ? content[i] == 1 || content[i] == 2
                        : i < 5000 ? content[i] == 1 : content[i] == 0 || content[i] == 3;
                assertTrue(right, "byte " + i + " is " + content[i] + " in seed " + seed);
            }
        }
    }

    @Test
    void unsyncedWriteIsLostKeptOrTornAtSectors() {
        int lost = 0;
        int kept = 0;
        int torn = 0;
        for (long seed = 0; seed < 200; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("log", 0, filled(8 * 512 + 100, 1), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            settle(own);
            run(own, disk -> disk.write("log", 100, filled(8 * 512, 2), (none, failure) -> {}));
            powerLoss(own);
            byte[] content = content(own, "log");
            TreeSet<Byte> values = new TreeSet<>();
            for (int i = 100; i < content.length; i++) {
                values.add(content[i]);
                boolean atBoundary = i == 100 || i % 512 == 0;
                assertTrue(atBoundary || content[i] == content[i - 1], "torn inside a sector at " + i);
            }
            lost += values.equals(new TreeSet<>(List.of((byte) 1))) ? 1 : 0;
            kept += values.equals(new TreeSet<>(List.of((byte) 2))) ? 1 : 0;
            torn += values.size() == 2 ? 1 : 0;
        }
        assertEquals(200, lost + kept + torn);
        assertTrue(lost > 30 && kept > 30 && torn > 30, lost + " lost, " + kept + " kept, " + torn + " torn");
    }

    @Test
    void unsyncedWritesFareIndependentlyOfEachOther() {
        boolean earlierLostLaterKept = false;
        for (long seed = 0; seed < 50 && !earlierLostLaterKept; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("log", 0, filled(10, 0), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            settle(own);
            run(own, disk -> {
                disk.write("log", 10, filled(10, 1), (none, failure) -> {});
                disk.write("log", 20, filled(10, 2), (none, failure) -> {});
            });
            settle(own);
            powerLoss(own);
            byte[] content = content(own, "log");
            earlierLostLaterKept = content.length == 30 && content[10] == 0 && content[20] == 2;
        }
        assertTrue(earlierLostLaterKept);
    }

    @Test
    void writeCompletedWithoutSyncIsNotDurable() {
        boolean lost = false;
        for (long seed = 0; seed < 20 && !lost; seed++) {
            Simulation own = one(seed);
            run(own, disk -> disk.write("log", 0, filled(10, 1), (none, failure) -> {}));
            settle(own);
            powerLoss(own);
            lost = list(own).isEmpty();
        }
        assertTrue(lost);
    }

    @Test
    void syncUnderWayCoversNothingYet() {
        boolean lost = false;
        for (long seed = 0; seed < 20 && !lost; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("log", 0, filled(10, 1), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            powerLoss(own);
            lost = content(own, "log").length == 0;
        }
        assertTrue(lost);
    }

    @Test
    void syncCoversOnlyWhatWasIssuedBeforeIt() {
        boolean laterLost = false;
        for (long seed = 0; seed < 20 && !laterLost; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("log", 0, filled(10, 1), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
                disk.write("log", 10, filled(10, 2), (none, failure) -> {});
            });
            settle(own);
            powerLoss(own);
            byte[] content = content(own, "log");
            assertTrue(content.length >= 10);
            laterLost = content.length == 10;
        }
        assertTrue(laterLost);
    }

    @Test
    void truncationCutsAndMayBeUndoneUntilSynced() {
        boolean undone = false;
        boolean kept = false;
        for (long seed = 0; seed < 40; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("log", 0, filled(9000, 1), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            settle(own);
            run(own, disk -> disk.truncate("log", 100, (none, failure) -> {}));
            assertEquals(100, content(own, "log").length);
            powerLoss(own);
            byte[] content = content(own, "log");
            undone |= content.length == 9000 && content[8999] == 1;
            kept |= content.length == 100;
        }
        assertTrue(undone && kept);
    }

    @Test
    void completedRenameIsDurableAndReplacesItsTarget() {
        for (long seed = 0; seed < 30; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("old", 0, filled(3, 1), (none, failure) -> {});
                disk.sync("old", (none, failure) -> {});
                disk.write("new", 0, filled(5, 2), (none, failure) -> {});
                disk.sync("new", (none, failure) -> {});
                disk.rename("new", "old", (none, failure) -> assertNull(failure));
            });
            settle(own);
            powerLoss(own);
            assertEquals(List.of(new FileStat("old", 5)), list(own));
            assertEquals(2, content(own, "old")[0]);
        }
    }

    @Test
    void renameUnderWayHappenedOrDidNot() {
        boolean happened = false;
        boolean not = false;
        for (long seed = 0; seed < 30; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("old", 0, filled(3, 1), (none, failure) -> {});
                disk.sync("old", (none, failure) -> {});
                disk.write("new", 0, filled(5, 2), (none, failure) -> {});
                disk.sync("new", (none, failure) -> {});
            });
            settle(own);
            run(own, disk -> disk.rename("new", "old", (none, failure) -> {}));
            powerLoss(own);
            List<FileStat> files = list(own);
            happened |= files.equals(List.of(new FileStat("old", 5)));
            not |= files.equals(List.of(new FileStat("new", 5), new FileStat("old", 3)));
            assertTrue(files.size() == 1 || files.size() == 2);
        }
        assertTrue(happened && not);
    }

    @Test
    void renameMakesTheNameDurableButNotTheContent() {
        boolean empty = false;
        for (long seed = 0; seed < 30; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("new", 0, filled(5, 2), (none, failure) -> {});
                disk.rename("new", "old", (none, failure) -> {});
            });
            settle(own);
            powerLoss(own);
            assertEquals(1, list(own).size());
            empty |= content(own, "old").length == 0;
        }
        assertTrue(empty, "renaming without a sync leaves an empty file now and then");
    }

    @Test
    void deletionIsDurableOnceComplete() {
        boolean undone = false;
        for (long seed = 0; seed < 30; seed++) {
            Simulation own = one(seed);
            run(own, disk -> {
                disk.write("log", 0, filled(3, 1), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            settle(own);
            boolean[] deleted = new boolean[1];
            run(own, disk -> disk.delete("log", (none, failure) -> deleted[0] = true));
            if (seed % 2 == 0) {
                settle(own);
                assertTrue(deleted[0]);
            }
            powerLoss(own);
            assertTrue(!deleted[0] || list(own).isEmpty());
            undone |= !deleted[0] && content(own, "log").length == 3;
        }
        assertTrue(undone, "a deletion under way is lost now and then");
    }

    @Test
    void crashWhileSyncingStrikesBeforeTheSyncCompletes() {
        boolean lost = false;
        for (long seed = 0; seed < 20; seed++) {
            Simulation own = one(seed);
            boolean[] completed = new boolean[1];
            own.machine(N1).crashWhileSyncing();
            run(own, disk -> disk.write("log", 0, filled(3, 1), (none, failure) -> {}));
            settle(own);
            assertTrue(own.isUp(N1), "it waits for a sync");
            run(own, disk -> disk.sync("log", (none, failure) -> completed[0] = true));
            settle(own);
            assertFalse(own.isUp(N1));
            assertFalse(completed[0]);
            own.restart(N1);
            lost |= content(own, "log").length == 0;
        }
        assertTrue(lost);
    }

    @Test
    void crashWhileSyncingIsOffAfterARestartOfAnotherKind() {
        sim.machine(N1).crashWhileSyncing();
        powerLoss(sim);
        run(sim, disk -> {
            disk.write("log", 0, filled(3, 1), (none, failure) -> {});
            disk.sync("log", (none, failure) -> {});
        });
        settle(sim);
        assertTrue(sim.isUp(N1));
    }

    @Test
    void deadIncarnationsCompletionsAreDropped() {
        boolean[] completed = new boolean[1];
        run(sim, disk -> disk.write("log", 0, filled(3, 1), (none, failure) -> completed[0] = true));
        powerLoss(sim);
        settle(sim);
        assertFalse(completed[0]);
    }

    @Test
    void crashesDrawFromTheDisksOwnStream() {
        Simulation busy = one(3);
        busy.addNode("n2", Files::new);
        byte[][] contents = new byte[2][];
        int i = 0;
        for (Simulation each : List.of(sim, busy)) {
            run(each, disk -> {
                for (int sector = 0; sector < 100; sector++) {
                    disk.write("log", 512L * sector, filled(512, sector), (none, failure) -> {});
                }
            });
            powerLoss(each);
            contents[i++] = content(each, "log");
        }
        assertNotNull(contents[0]);
        assertArrayEquals(contents[0], contents[1]);
    }
}
