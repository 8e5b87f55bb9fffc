package io.orrery.server.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.raft.GroupEvent;
import io.orrery.server.cli.CommandTester;
import io.orrery.server.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A follower's segment is overwritten with random bytes, on real files: while it runs, and while it is down. With
 * {@code -Drepair.session=true} it prints what happens, which docs/RAFT.md shows.
 */
class SegmentRepairTest {
    private static final boolean PRINTS = Boolean.getBoolean("repair.session");
    private static final int WRITES = 300;

    @TempDir
    private Path directory;

    private final long startNanos = System.nanoTime();

    private void say(String line) {
        if (PRINTS) {
            System.out.println("  " + (System.nanoTime() - startNanos) / 1_000_000 + " ms  " + line);
        }
    }

    private static NodeId follower(RepairCluster cluster) {
        NodeId leader = cluster.leader();
        return RepairCluster.IDS.stream()
                .filter(id -> !id.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    private String verify(Path wal, int exitCode) {
        CommandTester tester = new CommandTester(Map.of());
        assertThat(tester.run("wal", "verify", wal.toString())).as(tester.out()).isEqualTo(exitCode);
        say("$ orrery wal verify " + directory.relativize(wal));
        (tester.out() + tester.err()).lines().limit(4).forEach(line -> say("    " + line));
        return tester.out();
    }

    private static String state(RepairCluster.Node node) {
        return node.group.role() + " term " + node.group.term() + ", applied " + node.group.appliedIndex() + ", digest "
                + Long.toHexString(node.group.view().appliedDigest());
    }

    private void sayStates(RepairCluster cluster) {
        RepairCluster.IDS.forEach(id -> say(id + ": " + cluster.ask(id, SegmentRepairTest::state)));
    }

    private static void assertAllAreEqual(RepairCluster cluster) {
        List<String> digests = RepairCluster.IDS.stream()
                .map(id -> cluster.ask(
                        id,
                        node -> node.group.appliedIndex() + " "
                                + node.group.view().appliedDigest()))
                .toList();
        assertThat(digests).containsOnly(digests.get(0));
    }

    @Test
    void whatIsOverwrittenUnderARunningFollowerIsWrittenAgainWithoutARestart() throws IOException {
        try (RepairCluster cluster = new RepairCluster(directory)) {
            NodeId follower = follower(cluster);
            cluster.write(WRITES);
            cluster.awaitQuiet();
            say(WRITES + " writes are acknowledged; " + follower + " is overwritten while it runs");
            sayStates(cluster);
            Path damaged = cluster.segment(follower);
            say(follower + " " + RepairCluster.overwrite(damaged));
            cluster.write(20);
            say("20 more writes are acknowledged meanwhile");
            cluster.await("giving the segment away", each -> !Files.exists(damaged));
            say(follower + " has found "
                    + cluster.ask(follower, node -> node.wal.counters().damagesFound())
                    + " damage, and written "
                    + cluster.ask(follower, node -> node.wal.counters().bytesRewritten())
                    + " bytes again; " + damaged.getFileName() + " is gone");
            cluster.awaitQuiet();
            sayStates(cluster);
            assertAllAreEqual(cluster);
            cluster.stop(follower);
            assertThat(verify(cluster.wal(follower), ExitCode.OK)).isNotEmpty();
            cluster.start(follower);
            cluster.awaitQuiet();
            assertAllAreEqual(cluster);
            boolean forgot = cluster.ask(follower, node -> node.group.view().hasForgotten());
            assertThat(forgot).isFalse();
            say(follower + " was started again, and has forgotten nothing");
        }
    }

    @Test
    void whatIsOverwrittenWhileAFollowerIsDownIsFetchedFromTheOthers() throws IOException {
        try (RepairCluster cluster = new RepairCluster(directory)) {
            NodeId follower = follower(cluster);
            cluster.write(WRITES);
            cluster.awaitQuiet();
            cluster.stop(follower);
            say(WRITES + " writes are acknowledged; " + follower + " is overwritten while it is down");
            say(follower + " " + RepairCluster.overwrite(cluster.segment(follower)));
            assertThat(verify(cluster.wal(follower), ExitCode.FALSE)).contains("wal-0000000001.log");
            cluster.write(20);
            say("20 more writes are acknowledged meanwhile");
            cluster.start(follower);
            cluster.await(
                    "remembering",
                    each -> each.ask(
                            follower,
                            node -> node.group.view().isRunning()
                                    && !node.group.view().hasForgotten()));
            for (GroupEvent event : cluster.ask(follower, node -> List.copyOf(node.group.events()))) {
                say("    " + event.what() + ": " + event.why());
            }
            cluster.awaitQuiet();
            sayStates(cluster);
            assertAllAreEqual(cluster);
            int damages = cluster.ask(follower, node -> node.wal.damages().size());
            assertThat(damages).isPositive();
            cluster.stop(follower);
            verify(cluster.wal(follower), ExitCode.OK);
        }
    }

    @Test
    void aWholeLastSegmentThatIsGoneWhileAFollowerIsDownIsNotTakenForATornWrite() throws IOException {
        try (RepairCluster cluster = new RepairCluster(directory)) {
            NodeId follower = follower(cluster);
            for (boolean withZeros : new boolean[] {false, true}) {
                cluster.write(20);
                cluster.awaitQuiet();
                String expected = withZeros ? "wal-0000000002.log" : "wal-0000000001.log";
                cluster.await(
                        "a mark in " + expected,
                        each -> each.ask(
                                follower,
                                node -> node.wal.counters().markedFile().equals(expected)));
                cluster.stop(follower);
                RepairCluster.overwriteAll(cluster.segment(follower), withZeros);
                assertThat(verify(cluster.wal(follower), ExitCode.FALSE))
                        .contains(withZeros ? "the log was durable up to" : "where no torn write leaves one");
                cluster.write(5);
                cluster.start(follower);
                cluster.await(
                        "remembering",
                        each -> each.ask(
                                follower,
                                node -> node.group.view().isRunning()
                                        && !node.group.view().hasForgotten()));
                List<GroupEvent> events = cluster.ask(follower, node -> List.copyOf(node.group.events()));
                assertThat(events).anyMatch(event -> event.what().equals("forgot"));
                cluster.awaitQuiet();
                assertAllAreEqual(cluster);
            }
        }
    }
}
