package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.node.DataHome.Beginning;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataHomeTest {
    @TempDir
    Path folder;

    @Test
    void directoryOfAnotherNodeIsRefusedWithBothNames() {
        open("a@x", "c");
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> open("b@x", "c"));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.problems().get(0).what()).contains("belongs to node a@x, not to b@x");
        assertThat(refused.problems().get(0).next()).contains("--node.name=a@x");
        refused = catchThrowableOfType(ProblemException.class, () -> open("a@x", "d"));
        assertThat(refused.problems().get(0).what()).contains("belongs to cluster c, not to d");
    }

    @Test
    void fileInPlaceOfTheDirectoryIsAClearProblem() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> DataHome.open(file, NodeId.of("a"), "c", Beginning.FORMED));
        assertThat(refused.problems().get(0).what()).contains("cannot use the data directory");
    }

    @Test
    void stateIsSetAsideUnderAFreeNameAndTheBeginningSurvivesARestart() throws IOException {
        DataHome home = open("a", "c");
        for (int i = 1; i <= 2; i++) {
            Files.createDirectories(home.statePath().resolve("raft"));
            Files.writeString(home.statePath().resolve("raft").resolve("log"), "round " + i);
            home.setAside(List.of("raft", "missing"), "join", Beginning.JOINED);
            assertThat(home.statePath().resolve("raft")).doesNotExist();
            assertThat(folder.resolve("raft.before-join-" + i).resolve("raft").resolve("log"))
                    .hasContent("round " + i);
        }
        assertThat(open("a", "c").beginning()).isEqualTo(Beginning.JOINED);
    }

    @Test
    void peersAreRememberedAndDamageIsAsNothing() throws IOException {
        DataHome home = open("a", "c");
        TreeMap<NodeId, String> peers = new TreeMap<>();
        peers.put(NodeId.of("b@h=1"), "10.0.0.1:16000");
        peers.put(NodeId.of("c"), "[::1]:2");
        home.savePeers(peers);
        assertThat(open("a", "c").peers())
                .containsExactly(
                        new Suggestion(NodeId.of("b@h=1"), new Address("10.0.0.1", 16_000)),
                        new Suggestion(NodeId.of("c"), new Address("::1", 2)));
        Files.writeString(folder.resolve("peers"), "b=x:y:z:0\n");
        assertThat(home.peers()).isEmpty();
    }

    private DataHome open(String node, String cluster) {
        return DataHome.open(folder, NodeId.of(node), cluster, Beginning.FORMED);
    }
}
