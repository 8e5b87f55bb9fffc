package io.orrery.server.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The specification itself: TLC explores small models of it exhaustively and finds that they keep Raft's safety properties; with
 * a rule left out, it finds that they do not. A specification that forbids nothing would accept every trace.
 */
class SmallRaftTest {
    @TempDir
    private Path folder;

    private Tlc.Output explore(String config, String planted) throws IOException {
        Path cfg = Path.of(System.getProperty("project.root"), "raft/src/test/tla", config + ".cfg");
        String plain = Files.readString(cfg);
        String text =
                plain.replace("Planted = {}", planted.isEmpty() ? "Planted = {}" : "Planted = {\"" + planted + "\"}");
        assertThat(planted.isEmpty() || !text.equals(plain)).isTrue();
        return Tlc.run(folder, Map.of("Explored.cfg", text), "SmallRaft", "Explored.cfg", planted.isEmpty());
    }

    @Test
    void aVoteThatIsToldBeforeItIsDurableIsFound() throws IOException {
        Tlc.Output output = explore("SmallRaft", "vote-told-early");

        assertThat(output.says("Invariant OneVote is violated."))
                .as(output.toString())
                .isTrue();
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "tla.models", matches = "true")
    @CsvSource({
        "SmallRaft, asks-early, OneVote",
        "Figure8, counts-old-terms, LeaderCompleteness",
        "Figure8, votes-for-any-log, LeaderCompleteness",
        "LedRaft, acknowledges-early, LeaderCompleteness"
    })
    void aRuleLeftOutIsFound(String config, String planted, String invariant) throws IOException {
        Tlc.Output output = explore(config, planted);

        assertThat(output.says("Invariant " + invariant + " is violated."))
                .as(output.toString())
                .isTrue();
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "tla.models", matches = "true")
    @ValueSource(strings = {"SmallRaft", "Figure8", "LedRaft", "ChangingRaft", "SnapshotRaft"})
    void theSpecificationKeepsItsProperties(String config) throws IOException {
        Tlc.Output output = explore(config, "");

        assertThat(output.says("No error has been found")).as(output.toString()).isTrue();
        output.lines().stream()
                .filter(line -> line.contains("distinct states found,"))
                .forEach(System.out::println);
    }
}
