package io.orrery.sim.disk;

import static io.orrery.sim.disk.OneDisk.N1;
import static io.orrery.sim.disk.OneDisk.content;
import static io.orrery.sim.disk.OneDisk.filled;
import static io.orrery.sim.disk.OneDisk.list;
import static io.orrery.sim.disk.OneDisk.one;
import static io.orrery.sim.disk.OneDisk.run;
import static io.orrery.sim.disk.OneDisk.settle;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimDiskTest {
    private final Simulation sim = one(3);

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
}
