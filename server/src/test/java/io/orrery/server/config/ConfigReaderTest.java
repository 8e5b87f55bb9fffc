package io.orrery.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @TempDir
    Path folder;

    @Test
    void flagBeatsEnvironmentBeatsFileBeatsDefaultInWhateverOrderTheyAreRead() throws IOException {
        Path file = file("mqtt.port: 1\ncluster.port: 2\nadmin.port: 3\n");
        Config config = new ConfigReader()
                .flag("--mqtt.port", "mqtt.port", "10")
                .environment(Map.of("ORRERY_MQTT_PORT", "20", "ORRERY_CLUSTER_PORT", "21"))
                .file(file)
                .read();
        assertThat(config.value(Keys.MQTT_PORT)).isEqualTo(10);
        assertThat(config.value(Keys.CLUSTER_PORT)).isEqualTo(21);
        assertThat(config.value(Keys.ADMIN_PORT)).isEqualTo(3);
        assertThat(config.value(Keys.CLUSTER_NAME)).isEqualTo("orrery");
        assertThat(config.origin(Keys.MQTT_PORT)).isEqualTo(new Origin(Origin.Kind.FLAG, "--mqtt.port"));
        assertThat(config.origin(Keys.CLUSTER_PORT).place()).isEqualTo("ORRERY_CLUSTER_PORT");
        assertThat(config.origin(Keys.ADMIN_PORT).place()).isEqualTo(file + ":3:1");
        assertThat(config.isSet(Keys.CLUSTER_NAME)).isFalse();
    }

    @Test
    void nestedAndDottedKeysAreTheSameAndListsMayBeSequences() throws IOException {
        Config nested = new ConfigReader().file(file("""
                        cluster:
                          static:
                            seeds:
                              - emq1@127.0.0.1
                              - ekka2@127.0.0.1:16001
                              - machine-3: "[::1]:16002"
                          name: no
                        """)).read();
        Config dotted = new ConfigReader().file(file("""
                        cluster.static.seeds: emq1@127.0.0.1, ekka2@127.0.0.1:16001, machine-3=[::1]:16002
                        cluster.name: no
                        """)).read();
        assertThat(nested.value(Keys.CLUSTER_STATIC_SEEDS))
                .isEqualTo(dotted.value(Keys.CLUSTER_STATIC_SEEDS))
                .containsExactly(
                        new Seed(NodeId.of("emq1@127.0.0.1"), new Address("127.0.0.1", 16_000)),
                        new Seed(NodeId.of("ekka2@127.0.0.1"), new Address("127.0.0.1", 16_001)),
                        new Seed(NodeId.of("machine-3"), new Address("::1", 16_002)));
        assertThat(nested.value(Keys.CLUSTER_NAME)).isEqualTo("no");
    }

    @Test
    void unknownKeyIsRefusedWithNearestMatchAndPosition() throws IOException {
        Path file = file("cluster:\n  nmae: x\n");
        Problem problem = onlyProblem(new ConfigReader().file(file));
        assertThat(problem.what()).isEqualTo("unknown configuration key 'cluster.nmae' (" + file + ":2:3)");
        assertThat(problem.why()).isEqualTo("did you mean 'cluster.name'?");
    }

    @Test
    void unknownVariableIsRefusedWithNearestMatch() {
        Problem problem = onlyProblem(new ConfigReader().environment(Map.of("ORRERY_MQTT_PROT", "1883")));
        assertThat(problem.what()).isEqualTo("unknown configuration variable 'ORRERY_MQTT_PROT' (environment)");
        assertThat(problem.why()).isEqualTo("did you mean 'ORRERY_MQTT_PORT'?");
    }

    @Test
    void variablesOfToolsAndKubernetesServiceLinksAreNotSettings() {
        Config config = new ConfigReader()
                .environment(Map.of(
                        "ORRERY_API", "http://127.0.0.1:1",
                        "ORRERY_SERVICE_HOST", "10.0.0.1",
                        "ORRERY_HEADLESS_SERVICE_PORT_MQTT", "1883",
                        "ORRERY_PORT_1883_TCP_ADDR", "10.0.0.1",
                        "ORRERY_MQTT_PORT", "tcp://10.0.0.1:1883",
                        "PATH", "/bin"))
                .read();
        assertThat(config.value(Keys.MQTT_PORT)).isEqualTo(1883);
    }

    @Test
    void farWordsGetNoGuess() {
        Problem problem = onlyProblem(new ConfigReader().flag("--set", "temperature.kelvin", "3"));
        assertThat(problem.why()).isEmpty();
        assertThat(problem.next()).contains("orrery config keys");
    }

    @Test
    void allProblemsAreNamedAtOnce() throws IOException {
        Path file = file("mqtt.port: 70000\nlog.level: inf\nmqtt.connect-timeout: 5\nmqtt.packet.bytes-max: 1TB\n");
        ProblemException refused = refused(new ConfigReader().file(file));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "mqtt.port: '70000' is not between 0 and 65535 (" + file + ":1:1)",
                        "log.level: 'inf' is not one of error, warn, info, debug, trace; did you mean 'info'? (" + file
                                + ":2:1)",
                        "mqtt.connect-timeout: '5' has no unit; write one of ns, us, ms, s, m, h, d (" + file + ":3:1)",
                        "mqtt.packet.bytes-max: '1TB' is not a size such as 512B, 64KiB or 1MiB (" + file + ":4:1)");
    }

    @Test
    void keySetTwiceUnderTwoNamesIsRefusedWithBothPositions() throws IOException {
        Path file = file("node.host: a\nhost: b\n");
        Problem problem = onlyProblem(new ConfigReader().file(file));
        assertThat(problem.what()).isEqualTo("node.host is set twice (" + file + ":2:1)");
        assertThat(problem.why()).isEqualTo("it was set at " + file + ":1:1");
    }

    @Test
    void unreadableFilesAreToldApart() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertThat(onlyProblem(new ConfigReader().file(missing)).why()).startsWith("there is no such file");
        assertThat(onlyProblem(new ConfigReader().file(folder)).why()).isEqualTo("it is a directory");
        Path binary = folder.resolve("binary.yaml");
        Files.write(binary, new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThat(onlyProblem(new ConfigReader().file(binary)).why()).isEqualTo("it is not UTF-8 text");
    }

    @Test
    void syntaxErrorNamesLineAndColumn() throws IOException {
        Path file = file("node.name: a\ncluster: [1, 2\n");
        assertThat(onlyProblem(new ConfigReader().file(file)).what()).contains(file + ":3:1");
        Path list = file("- a\n- b\n");
        assertThat(onlyProblem(new ConfigReader().file(list)).what()).contains("not a mapping");
    }

    @Test
    void secretsAreNotShownNotEvenInErrors() {
        Config config = new ConfigReader().flag("--cookie", "cookie", "hush").read();
        assertThat(config.text(Keys.NODE_COOKIE)).isEqualTo("***");
        assertThat(config.value(Keys.NODE_COOKIE)).isEqualTo("hush");
    }

    @Test
    void durationsAndSizesHaveUnits() {
        assertThat(Quantity.durationNanos("1.5s")).isEqualTo(Time.millis(1500));
        assertThat(Quantity.durationNanos("2h")).isEqualTo(Time.seconds(7200));
        assertThat(Quantity.durationNanos("0")).isZero();
        assertThat(Quantity.bytes("64KiB")).isEqualTo(65_536);
        assertThat(Quantity.bytes("1MB")).isEqualTo(1_000_000);
        for (String wrong : List.of("", "s", "-1s", "1.2.3s", "99999999999d", "1 parsec")) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Quantity.durationNanos(wrong)))
                    .as(wrong)
                    .isNotNull();
        }
    }

    @Test
    void everyKeyHasItsOwnNameAndVariableAndAFallbackThatParses() {
        TreeSet<String> names = new TreeSet<>();
        for (Key<?> key : Keys.all()) {
            assertThat(names.add(key.name())).as(key.name()).isTrue();
            assertThat(names.add(key.environmentName())).as(key.name()).isTrue();
            key.aliases()
                    .forEach(alias -> assertThat(names.add(alias)).as(alias).isTrue());
            assertThat(Keys.find(key.name())).isSameAs(key);
        }
        Config.defaults();
    }

    private Path file(String text) throws IOException {
        Path file = Files.createTempFile(folder, "orrery", ".yaml");
        return Files.writeString(file, text);
    }

    private static Problem onlyProblem(ConfigReader reader) {
        assertThat(refused(reader).problems()).hasSize(1);
        return refused(reader).problems().get(0);
    }

    private static ProblemException refused(ConfigReader reader) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, reader::read);
        assertThat(refused).isNotNull();
        return refused;
    }
}
