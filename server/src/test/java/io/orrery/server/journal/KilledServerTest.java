package io.orrery.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.cli.ServerProcess;
import io.orrery.server.mqtt.MqttTestClient;
import io.orrery.sim.journal.ReplayWatcher;
import io.orrery.sim.journal.Replayed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server process that is killed while clients publish, and what its journal then tells. */
class KilledServerTest {
    private static final Pattern MQTT = Pattern.compile("clients +mqtt 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void endProcess() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private Path journal() {
        return folder.resolve("node.journal");
    }

    /** Starts a server on the test's directory; its MQTT port comes back. */
    private int start() throws IOException {
        Path words = folder.resolve("words");
        Files.deleteIfExists(words);
        process = ServerProcess.start(folder, words, "--record=" + journal());
        ServerProcess.requireReady(process, words);
        Matcher port = MQTT.matcher(Files.readString(words));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** Publishes and acknowledges as fast as it goes, and kills the server in the middle of it. */
    private void loadAndKill(int port, int messages) throws InterruptedException {
        try (MqttTestClient subscriber = MqttTestClient.connected(port, 4, "sub");
                MqttTestClient publisher = MqttTestClient.connected(port, 5, "pub")) {
            subscriber.subscribe("k/#", 1);
            for (int i = 1; i <= messages; i++) {
                publisher.publishAcknowledged("k/" + i % 7, "payload " + i, i);
                subscriber.message();
            }
            for (int i = 1; i <= 100; i++) {
                publisher.publish("k/late", "nobody waits for this one", 1, messages + i);
            }
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Replayed replay(Path file) {
        return JournalReplay.run(file, Long.MAX_VALUE, ReplayWatcher.NONE).result();
    }

    @Test
    void killedServersJournalReplaysToItsLastWholeRecordAndSoDoesThatOfItsNextLife()
            throws IOException, InterruptedException {
        loadAndKill(start(), 700);
        int port = start();
        Replayed first = replay(Path.of(journal() + ".1"));
        assertThat(first.divergence()).isNull();
        assertThat(first.end()).as("nobody wrote an end").isNull();
        assertThat(first.events()).isGreaterThan(1_024);
        assertThat(first.checkpoints()).isPositive();
        loadAndKill(port, 20);
        Replayed second = replay(journal());
        assertThat(second.divergence()).isNull();
        assertThat(second.end()).isNull();
        tornTailIsLeftOutAndSaid();
        damageEndsTheCommandWithTwoAndThePlace();
    }

    private void tornTailIsLeftOutAndSaid() throws IOException {
        Path torn = folder.resolve("torn");
        byte[] whole = Files.readAllBytes(journal());
        Files.write(torn, Arrays.copyOf(whole, whole.length - 3));
        CommandTester command = new CommandTester(Map.of());
        assertThat(command.run("sim", "replay", torn.toString(), "--quiet", "-o", "json"))
                .as(command.err())
                .isZero();
        assertThat(command.out()).contains("\"faithful\":true").doesNotContain("\"tornBytes\":0,");
    }

    private void damageEndsTheCommandWithTwoAndThePlace() throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.copy(journal(), damaged, StandardCopyOption.REPLACE_EXISTING);
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        CommandTester command = new CommandTester(Map.of());
        assertThat(command.run("sim", "replay", damaged.toString(), "--quiet")).isEqualTo(2);
        assertThat(command.err())
                .containsPattern(
                        "damaged, byte \\d+, record \\d+: (the checksum of the block|a block.s length is damaged)");
        assertThat(Files.readAllBytes(damaged)).isEqualTo(bytes);
    }
}
