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

import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.SimulationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What each fault of a disk does. */
class DiskFaultsTest {
    private final Simulation sim = one(3);

    private static void writeSynced(Simulation sim, String file, long offset, int length, int value) {
        run(sim, disk -> {
            disk.write(file, offset, filled(length, value), (none, failure) -> assertNull(failure));
            disk.sync(file, (none, failure) -> assertNull(failure));
        });
        settle(sim);
    }

    private static Failure readFailure(Simulation sim, String file, long offset, int length) {
        Failure[] why = new Failure[1];
        run(sim, disk -> disk.read(file, offset, length, (value, failure) -> why[0] = failure));
        settle(sim);
        return why[0];
    }

    private static Failure writeFailure(Simulation sim, String file, long offset, int length) {
        Failure[] why = new Failure[1];
        run(sim, disk -> disk.write(file, offset, filled(length, 9), (none, failure) -> why[0] = failure));
        settle(sim);
        return why[0];
    }

    @Test
    void aDiskOfLargeSectorsTearsOnlyBetweenThem() {
        TreeSet<Integer> tears = new TreeSet<>();
        for (long seed = 0; seed < 100; seed++) {
            Simulation own = one(seed);
            own.disk(N1).policy(DiskPolicy.SSD.sector(DiskPolicy.LARGE_SECTOR_BYTES));
            writeSynced(own, "log", 0, 4 * 4096, 1);
            run(own, disk -> disk.write("log", 0, filled(4 * 4096, 2), (none, failure) -> {}));
            powerLoss(own);
            byte[] content = content(own, "log");
            for (int i = 1; i < content.length; i++) {
                if (content[i] != content[i - 1]) {
                    tears.add(i);
                }
            }
        }
        assertEquals(new TreeSet<>(List.of(4096, 2 * 4096, 3 * 4096)), tears);
    }

    @Test
    void repairLeavesTheSizeOfSectors() {
        sim.disk(N1).policy(DiskPolicy.SSD.sector(4096).extra(Time.millis(3)).throughput(1_000_000));
        sim.disk(N1).repair();
        assertEquals(DiskPolicy.SSD.sector(4096), sim.disk(N1).policy());
    }

    @Test
    void aMisdirectedWriteIsMissingInItsPlaceAndDamagesAnother() {
        boolean elsewhere = false;
        for (long seed = 0; seed < 20; seed++) {
            Simulation own = one(seed);
            writeSynced(own, "log", 0, 4096, 1);
            writeSynced(own, "other", 0, 4096, 2);
            own.disk(N1).misdirectNextWrite();
            writeSynced(own, "log", 1024, 512, 3);
            assertEquals(3, content(own, "log")[1024], "readers see it until the next crash");
            assertEquals(1, own.disk(N1).counters().writesMisdirected());
            powerLoss(own);
            byte[] log = content(own, "log");
            byte[] other = content(own, "other");
            int damaged = 0;
            for (int i = 0; i < 4096; i++) {
                damaged += log[i] == 3 || other[i] == 3 ? 1 : 0;
            }
            assertEquals(512, damaged, "it landed somewhere, whole");
            boolean byChance = log[1024] == 3;
            elsewhere |= !byChance;
            assertEquals(byChance ? 3 : 1, log[1024]);
            writeSynced(own, "log", 1024, 512, 4);
            powerLoss(own);
            assertEquals(4, content(own, "log")[1024], "only one write goes astray");
        }
        assertTrue(elsewhere);
    }

    @Test
    void aMisdirectedReadIsWrongOnce() {
        writeSynced(sim, "log", 0, 4096, 1);
        writeSynced(sim, "other", 0, 1 << 20, 2);
        sim.disk(N1).misdirectNextRead();
        assertArrayEquals(filled(4096, 2).toByteArray(), content(sim, "log"));
        assertArrayEquals(filled(4096, 1).toByteArray(), content(sim, "log"));
        assertEquals(1, sim.disk(N1).counters().readsMisdirected());
    }

    @Test
    void aLostSectorCannotBeReadUntilItIsWritten() {
        writeSynced(sim, "log", 0, 4096, 1);
        assertNotNull(sim.disk(N1).loseSector());
        assertEquals(Failure.Kind.IO, readFailure(sim, "log", 0, 4096).kind());
        int bad = 0;
        for (int sector = 0; sector < 8; sector++) {
            bad += readFailure(sim, "log", sector * 512L, 512) != null ? 1 : 0;
        }
        assertEquals(1, bad, "the other sectors are as they were");
        powerLoss(sim);
        assertNotNull(readFailure(sim, "log", 0, 4096), "a crash heals nothing");
        writeSynced(sim, "log", 0, 4096, 2);
        assertArrayEquals(filled(4096, 2).toByteArray(), content(sim, "log"));
    }

    @Test
    void rotFlipsOneDurableBitAndStays() {
        writeSynced(sim, "log", 0, 4096, 0);
        run(sim, disk -> disk.write("log", 0, filled(4096, 0), (none, failure) -> {}));
        assertNotNull(sim.disk(N1).rot());
        int bits = 0;
        for (byte each : content(sim, "log")) {
            bits += Integer.bitCount(each & 0xFF);
        }
        assertEquals(0, bits, "what is in memory hides it");
        settle(sim);
        boolean[] seen = new boolean[2];
        for (long seed = 0; seed < 20; seed++) {
            Simulation own = one(seed);
            writeSynced(own, "log", 0, 4096, 0);
            own.disk(N1).rot();
            powerLoss(own);
            int flipped = 0;
            for (byte each : content(own, "log")) {
                flipped += Integer.bitCount(each & 0xFF);
            }
            assertEquals(1, flipped);
            seen[0] |= own.disk(N1).counters().bitsRotted() == 1;
        }
        assertTrue(seen[0]);
        assertNull(one(5).disk(N1).rot(), "there is nothing to rot");
    }

    @Test
    void theLastSegmentIsOverwrittenAsAWholeAndNoOtherFile() {
        assertNull(sim.disk(N1).overwriteLastIn("wal-"), "there is no segment");
        writeSynced(sim, "wal-1", 0, 512, 1);
        writeSynced(sim, "wal-2", 0, 1024, 2);
        writeSynced(sim, "watermark", 0, 512, 3);
        assertEquals("wal-2 from 0 with junk", sim.disk(N1).overwriteLastIn("wal-"));
        powerLoss(sim);
        assertArrayEquals(filled(512, 1).toByteArray(), content(sim, "wal-1"));
        assertArrayEquals(filled(512, 3).toByteArray(), content(sim, "watermark"));
        byte[] junk = content(sim, "wal-2");
        assertEquals(1024, junk.length);
        int same = 0;
        for (byte each : junk) {
            same += each == junk[0] ? 1 : 0;
        }
        assertTrue(same < 100, "junk is of all bytes");
    }

    @Test
    void aFileIsOverwrittenWithZerosFromAnOffsetOn() {
        writeSynced(sim, "wal-1", 0, 1024, 1);
        assertNull(sim.disk(N1).overwrite("wal-1", 1024, true), "nothing is durable there");
        assertNotNull(sim.disk(N1).overwrite("wal-1", 600, true));
        powerLoss(sim);
        byte[] expected = filled(1024, 1).toByteArray();
        java.util.Arrays.fill(expected, 600, 1024, (byte) 0);
        assertArrayEquals(expected, content(sim, "wal-1"));
    }

    @Test
    void rotOfSnapshotsLeavesOtherFilesAlone() {
        writeSynced(sim, "log", 0, 4096, 0);
        assertNull(sim.disk(N1).rotIn("snapshot-"), "there is no snapshot");
        writeSynced(sim, "snapshot-1", 0, 512, 0);
        assertNotNull(sim.disk(N1).rotIn("snapshot-"));
        powerLoss(sim);
        assertArrayEquals(filled(4096, 0).toByteArray(), content(sim, "log"));
        int flipped = 0;
        for (byte each : content(sim, "snapshot-1")) {
            flipped += Integer.bitCount(each & 0xFF);
        }
        assertEquals(1, flipped);
    }

    @Test
    void aLimpingDiskMovesSoManyBytesASecondAndLetsWait() {
        sim.disk(N1).policy(DiskPolicy.SSD.throughput(1_000_000));
        List<Long> completed = new ArrayList<>();
        long asked = sim.nowNanos();
        run(sim, disk -> {
            for (String file : List.of("a", "b", "c")) {
                disk.write(file, 0, filled(100_000, 1), (none, failure) -> completed.add(sim.nowNanos() - asked));
            }
        });
        settle(sim);
        assertEquals(3, completed.size());
        for (int i = 0; i < 3; i++) {
            assertTrue(completed.get(i) >= Time.millis(100L * (i + 1)), "write " + i + " after " + completed.get(i));
            assertTrue(completed.get(i) < Time.millis(100L * (i + 1) + 1), "write " + i + " after " + completed.get(i));
        }
    }

    @Test
    void aFrozenDiskAnswersNothingUntilItThawsAndThenEverythingInOrder() {
        sim.disk(N1).freeze(true);
        List<String> completed = new ArrayList<>();
        run(sim, disk -> {
            disk.write("a", 0, filled(10, 1), (none, failure) -> completed.add("write"));
            disk.sync("a", (none, failure) -> completed.add("sync"));
            disk.rename("a", "b", (none, failure) -> completed.add("rename"));
        });
        sim.runFor(Time.seconds(60));
        assertEquals(List.of(), completed);
        sim.disk(N1).freeze(false);
        settle(sim);
        assertEquals(List.of("write", "sync", "rename"), completed);
    }

    @Test
    void aFullDiskTakesWhatFitsAndRefusesTheRestUntilThereIsSpace() {
        writeSynced(sim, "log", 0, 4096, 1);
        sim.disk(N1).full(1000);
        assertNull(writeFailure(sim, "log", 4096, 900));
        assertEquals(Failure.Kind.FULL, writeFailure(sim, "log", 4996, 900).kind());
        assertEquals(5096, content(sim, "log").length, "the device took what fitted");
        assertNull(writeFailure(sim, "log", 0, 4096), "no space is needed for what is there");
        assertEquals(Failure.Kind.FULL, writeFailure(sim, "new", 0, 1).kind());
        run(sim, disk -> {
            disk.sync("log", (none, failure) -> assertNull(failure));
            disk.truncate("log", 9000, (none, failure) -> assertEquals(Failure.Kind.FULL, failure.kind()));
            disk.rename("log", "old", (none, failure) -> assertNull(failure));
        });
        settle(sim);
        assertEquals(3, sim.disk(N1).counters().writesRefused());
        run(sim, disk -> disk.delete("old", (none, failure) -> assertNull(failure)));
        settle(sim);
        assertNull(writeFailure(sim, "new", 0, 5000), "deleting made room");
        assertNotNull(writeFailure(sim, "new", 5000, 5000));
        sim.disk(N1).space();
        assertNull(writeFailure(sim, "new", 5000, 5000));
    }

    @Test
    void aLyingSyncMakesNothingDurableUntilAnHonestOne() {
        boolean lost = false;
        for (long seed = 0; seed < 20; seed++) {
            Simulation own = one(seed);
            own.disk(N1).lie(true);
            writeSynced(own, "log", 0, 100, 1);
            powerLoss(own);
            lost |= content(own, "log").length == 0;
            assertEquals(
                    content(own, "log").length == 0 ? 1 : 0,
                    own.disk(N1).counters().promisesBroken());
            writeSynced(own, "log", 0, 100, 2);
            own.disk(N1).lie(false);
            writeSynced(own, "other", 0, 100, 2);
            run(own, disk -> disk.sync("log", (none, failure) -> {}));
            settle(own);
            powerLoss(own);
            assertArrayEquals(filled(100, 2).toByteArray(), content(own, "log"));
            assertTrue(own.disk(N1).counters().syncsLied() == 2);
        }
        assertTrue(lost);
    }

    @Test
    void whatAFailedSyncGaveUpIsReadAndSyncedAgainAndStillLost() {
        int trap = 0;
        for (long seed = 0; seed < 60; seed++) {
            Simulation own = one(seed);
            writeSynced(own, "log", 0, 100, 1);
            own.disk(N1).failNextSync();
            run(own, disk -> {
                disk.write("log", 0, filled(100, 2), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            settle(own);
            assertFalse(own.isUp(N1), "a failed sync halts the node");
            own.restart(N1);
            own.runFor(Time.millis(1));
            boolean read = content(own, "log")[0] == 2;
            boolean[] synced = new boolean[1];
            run(own, disk -> disk.sync("log", (none, failure) -> synced[0] = failure == null));
            settle(own);
            assertTrue(synced[0]);
            powerLoss(own);
            boolean kept = content(own, "log")[0] == 2;
            assertTrue(read || !kept, "what is gone does not come back");
            trap += read && !kept ? 1 : 0;
        }
        assertTrue(trap > 3, "the sync after the failed one proved nothing in " + trap + " of 60");
    }

    @Test
    void writingAgainMakesDurableWhatAFailedSyncGaveUp() {
        for (long seed = 0; seed < 30; seed++) {
            Simulation own = one(seed);
            own.disk(N1).failNextSync();
            run(own, disk -> {
                disk.write("log", 0, filled(100, 2), (none, failure) -> {});
                disk.sync("log", (none, failure) -> {});
            });
            settle(own);
            own.restart(N1);
            own.runFor(Time.millis(1));
            writeSynced(own, "log", 0, 100, 2);
            powerLoss(own);
            assertArrayEquals(filled(100, 2).toByteArray(), content(own, "log"));
        }
    }

    @Test
    void aWipedDiskIsEmptyAndTheNodeComesBackOnIt() {
        writeSynced(sim, "log", 0, 100, 1);
        sim.wipe(N1);
        assertFalse(sim.isUp(N1));
        sim.restart(N1);
        sim.runFor(Time.millis(1));
        assertEquals(List.of(), list(sim));
        writeSynced(sim, "log", 0, 100, 1);
        powerLoss(sim);
        assertEquals(1, list(sim).size());
    }

    @Test
    void aNodeMayHaltForItsDiskOnlyIfItsDiskGaveItReasonTo() {
        writeSynced(sim, "log", 0, 4096, 1);
        for (StorageHaltException.Kind reason : StorageHaltException.Kind.values()) {
            boolean known = reason == StorageHaltException.Kind.SYNC;
            assertEquals(known, sim.disk(N1).explains(reason), reason.toString());
        }
        SimulationFailure failure = org.junit.jupiter.api.Assertions.assertThrows(
                SimulationFailure.class,
                () -> run(sim, disk -> {
                    throw new StorageHaltException(StorageHaltException.Kind.CORRUPT, "so it says");
                }));
        assertEquals(io.orrery.sim.Failure.Kind.HALT, failure.failure().kind());
    }

    @Test
    void aNodeThatHaltsForADamagedDiskIsLostUntilTheDiskIsReplaced() {
        writeSynced(sim, "log", 0, 4096, 1);
        sim.disk(N1).rot();
        run(sim, disk -> {
            throw new StorageHaltException(StorageHaltException.Kind.CORRUPT, "it is");
        });
        assertFalse(sim.isUp(N1));
        assertTrue(sim.isLost(N1));
        sim.healAll();
        assertFalse(sim.isUp(N1));
        sim.wipe(N1);
        assertFalse(sim.isLost(N1));
        sim.healAll();
        assertTrue(sim.isUp(N1));
    }
}
