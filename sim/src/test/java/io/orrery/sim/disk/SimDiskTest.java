package io.orrery.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SimDiskTest {
    private static final NodeId N1 = NodeId.of("n1");

    private final Simulation sim = one(3);

    private static Simulation one(long seed) {
        Simulation sim = new Simulation(seed);
        sim.addNode("n1", Files::new);
        sim.runFor(Time.millis(1));
        return sim;
    }

    private static void run(Simulation sim, Consumer<Storage> operations) {
        sim.onNode(N1, () -> operations.accept(sim.protocol(N1, Files.class).storage()));
    }

    private static void settle(Simulation sim) {
        sim.runFor(Time.seconds(1));
    }

    private static byte[] content(Simulation sim, String file) {
        Bytes[] content = new Bytes[1];
        run(sim, disk -> disk.read(file, 0, 1 << 20, (value, failure) -> content[0] = value));
        settle(sim);
        return content[0].toByteArray();
    }

    private static List<FileStat> list(Simulation sim) {
        List<FileStat> files = new ArrayList<>();
        run(sim, disk -> disk.list((value, failure) -> files.addAll(value)));
        settle(sim);
        return files;
    }

    private static void powerLoss(Simulation sim) {
        sim.crash(N1);
        sim.restart(N1);
        sim.runFor(Time.millis(1));
    }

    private static Bytes filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    @Test
    void readSeesWhatWasWrittenBefore() {
        List<String> seen = new ArrayList<>();
        run(sim, disk -> {
            disk.write("log", 0, Bytes.ofUtf8("hello"), (none, failure) -> seen.add("written"));
            disk.write("log", 8, Bytes.ofUtf8("there"), (none, failure) -> {});
            disk.read("log", 0, 100, (value, failure) -> seen.add("read " + value.length()));
            disk.read("log", 10, 100, (value, failure) -> seen.add(value.utf8()));
            disk.read("log", 13, 100, (value, failure) -> seen.add("at end " + value.length()));
            disk.read("nothing", 0, 100, (value, failure) -> seen.add("no file " + value.length()));
        });
        assertEquals(List.of(), seen, "nothing completes within the event that asked for it");
        settle(sim);
        seen.remove("no file 0");
        assertEquals(List.of("written", "read 13", "ere", "at end 0"), seen);
        assertArrayEquals(Bytes.ofUtf8("hello\0\0\0there").toByteArray(), content(sim, "log"));
    }

    @Test
    void operationsOnOneFileCompleteInTheOrderIssued() {
        List<Integer> completed = new ArrayList<>();
        run(sim, disk -> {
            for (int i = 0; i < 200; i++) {
                int number = i;
                Storage.Completion<Void> done = (none, failure) -> completed.add(number);
                if (i % 10 == 9) {
                    disk.sync("log", done);
                } else {
                    disk.write("log", i, filled(1, i), done);
                }
            }
        });
        settle(sim);
        List<Integer> sorted = new ArrayList<>(completed);
        sorted.sort(null);
        assertEquals(200, completed.size());
        assertEquals(sorted, completed);
    }

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
    void whatWasCutReadsAsZerosWhenTheFileGrowsAgain() {
        run(sim, disk -> {
            disk.write("log", 0, filled(9000, 1), (none, failure) -> {});
            disk.truncate("log", 10, (none, failure) -> {});
            disk.truncate("log", 9000, (none, failure) -> {});
        });
        byte[] content = content(sim, "log");
        assertEquals(9000, content.length);
        assertEquals(1, content[9]);
        for (int i = 10; i < 9000; i++) {
            assertEquals(0, content[i]);
        }
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
    void deletingAndRenamingWhatIsNotThere() {
        List<Boolean> failed = new ArrayList<>();
        run(sim, disk -> {
            disk.delete("nothing", (none, failure) -> failed.add(failure != null));
            disk.sync("nothing", (none, failure) -> failed.add(failure != null));
        });
        settle(sim);
        run(sim, disk -> disk.rename("nothing", "something", (none, failure) -> failed.add(failure != null)));
        settle(sim);
        assertEquals(List.of(false, false, true), failed);
    }

    @Test
    void fileMadeAnewAfterADeletionIsAnotherFile() {
        run(sim, disk -> {
            disk.write("log", 0, filled(100, 1), (none, failure) -> {});
            disk.delete("log", (none, failure) -> {});
            disk.write("log", 0, filled(3, 2), (none, failure) -> {});
        });
        assertArrayEquals(new byte[] {2, 2, 2}, content(sim, "log"));
    }

    @Test
    void scopesListTheirOwnFilesOnly() {
        List<FileStat> children = new ArrayList<>();
        sim.onNode(N1, () -> {
            Files files = sim.protocol(N1, Files.class);
            Storage child = files.kernel.scope("raft").storage();
            child.write("b", 0, filled(2, 1), (none, failure) -> {});
            child.write("a", 0, filled(1, 1), (none, failure) -> {});
            files.storage().write("raft.x", 0, filled(3, 1), (none, failure) -> {});
            child.list((value, failure) -> children.addAll(value));
        });
        settle(sim);
        assertEquals(List.of(new FileStat("a", 1), new FileStat("b", 2)), children);
        assertEquals(List.of(new FileStat("raft.x", 3)), list(sim));
    }

    @Test
    void failedSyncHaltsTheNodeBeforeItsCompletion() {
        boolean[] completed = new boolean[1];
        run(sim, disk -> {
            disk.write("log", 0, filled(3, 1), (none, failure) -> {});
            disk.sync("log", (none, failure) -> completed[0] = true);
        });
        sim.disk(N1).failNextSync();
        settle(sim);
        assertFalse(completed[0]);
        assertFalse(sim.isUp(N1));
        assertEquals(1, sim.disk(N1).counters().syncsFailed());
        sim.restart(N1);
        run(sim, disk -> disk.sync("log", (none, failure) -> completed[0] = true));
        settle(sim);
        assertTrue(completed[0], "the next incarnation finds a disk that works");
    }

    @Test
    void crashWhileSyncingStrikesBeforeTheSyncCompletes() {
        boolean lost = false;
        for (long seed = 0; seed < 20; seed++) {
            Simulation own = one(seed);
            boolean[] completed = new boolean[1];
            own.crashWhileSyncing(N1);
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
        sim.crashWhileSyncing(N1);
        powerLoss(sim);
        run(sim, disk -> {
            disk.write("log", 0, filled(3, 1), (none, failure) -> {});
            disk.sync("log", (none, failure) -> {});
        });
        settle(sim);
        assertTrue(sim.isUp(N1));
    }

    @Test
    void checkersAreNotAskedAboutANodeThatItsDiskHalted() {
        sim.addChecker((world, node) -> world.protocol(node, Files.class));
        run(sim, disk -> {
            disk.write("log", 0, filled(3, 1), (none, failure) -> {});
            disk.sync("log", (none, failure) -> {});
        });
        sim.disk(N1).failNextSync();
        settle(sim);
        assertFalse(sim.isUp(N1));
    }

    @Test
    void slowDiskIsSlowUntilRepaired() {
        long[] completedNanos = new long[1];
        sim.disk(N1).policy(DiskPolicy.SSD.extra(Time.millis(40)));
        run(sim, disk -> disk.write("log", 0, filled(3, 1), (none, failure) -> completedNanos[0] = sim.nowNanos()));
        long asked = sim.nowNanos();
        settle(sim);
        assertTrue(completedNanos[0] >= asked + Time.millis(40));
        sim.disk(N1).repair();
        run(sim, disk -> disk.write("log", 0, filled(3, 1), (none, failure) -> completedNanos[0] = sim.nowNanos()));
        asked = sim.nowNanos();
        settle(sim);
        assertTrue(completedNanos[0] < asked + Time.millis(1));
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
