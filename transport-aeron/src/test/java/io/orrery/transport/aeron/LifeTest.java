package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.HostException;
import io.orrery.transport.aeron.Bench.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifeTest {
    private final Bench bench = new Bench();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void pauseBeyondTheLivenessTimeoutIsReportedOnceAsDeath() {
        AtomicLong now = new AtomicLong(System.nanoTime());
        Node a = bench.start(Bench.config("a"), new Clocks(now::get, SystemEpochClock.INSTANCE));
        Node b = bench.start("b");
        bench.introduce(a, b);
        bench.cycle();
        assertThat(a.deaths).isEmpty();
        now.addAndGet(Time.seconds(11));
        bench.until("the death is told", () -> !a.deaths.isEmpty());
        bench.cycle();
        assertThat(a.deaths).hasSize(1);
        assertThat(a.deaths.get(0)).hasMessageContaining("service interval exceeded");
        assertThat(a.send(b, Delivery.STREAM, "from beyond")).isFalse();
    }

    @Test
    void nodeThatDiedOfAPauseStartsAnewAndIsHeard() {
        AtomicLong now = new AtomicLong(System.nanoTime());
        Node a = bench.start(Bench.config("a"), new Clocks(now::get, SystemEpochClock.INSTANCE));
        now.addAndGet(Time.seconds(11));
        bench.until("the death is told", () -> !a.deaths.isEmpty());
        String address = a.transport.address();
        bench.stop(a);
        Node again = bench.start(Bench.config("a").bind(address));
        Node b = bench.start("b");
        bench.introduce(again, b);
        again.send(b, Delivery.STREAM, "back");
        bench.until("it arrived", () -> b.received.size() == 1);
    }

    @Test
    void interruptOfTheNodesThreadIsDeathNotSilence() {
        Node a = bench.start("a");
        Thread.currentThread().interrupt();
        a.transport.poll();
        a.transport.poll();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(a.deaths).hasSize(1);
    }

    @Test
    void closeRemovesTheDriversDirectory() throws IOException {
        Node a = bench.start(Bench.config("a").directoryParent(folder));
        assertThat(children()).hasSize(1);
        bench.stop(a);
        assertThat(children()).isEmpty();
    }

    @Test
    void directoryOfALivingDriverIsNotTouched() {
        Node a = bench.start(Bench.config("a").directoryParent(folder));
        Path living = onlyChild();
        assertThatThrownBy(() -> DriverDirectory.clear(living)).hasMessageContaining("lives in");
        Node b = bench.start("b");
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "still here");
        bench.until("it arrived", () -> b.received.size() == 1);
    }

    @Test
    void directoryOfADeadDriverIsRemovedAtStart() throws IOException {
        Files.createDirectories(folder.resolve("driver/publications"));
        Files.writeString(folder.resolve("driver/publications/old.logbuffer"), "left behind");
        DriverDirectory.clear(folder.resolve("driver"));
        assertThat(children()).isEmpty();
    }

    @Test
    void portInUseIsExplained() {
        Node a = bench.start("a");
        assertThatThrownBy(() -> bench.start(Bench.config("b").bind(a.transport.address())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining(a.transport.address())
                .hasMessageContaining("free the port");
    }

    @Test
    void wildcardAddressWithoutAnAdvertisedOneIsExplained() {
        assertThatThrownBy(() -> bench.start(Bench.config("a").bind("0.0.0.0:0")))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("say what to advertise");
        Node a = bench.start(Bench.config("a").bind("0.0.0.0:0").advertise("10.0.0.1:7000"));
        assertThat(a.transport.address()).isEqualTo("10.0.0.1:7000");
    }

    @Test
    void closeFromAnotherThreadDuringPollsIsSafe() throws InterruptedException {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        bench.until("a is connected", () -> {
            a.send(b, Delivery.STREAM, "x");
            return !b.received.isEmpty();
        });
        Thread closer = new Thread(() -> a.transport.close());
        closer.start();
        while (closer.isAlive()) {
            a.send(b, Delivery.STREAM, "y");
            bench.cycle();
        }
        closer.join();
        assertThat(a.send(b, Delivery.STREAM, "z")).isFalse();
        assertThat(a.transport.poll()).isZero();
    }

    @Test
    void closeInsideTheInboxCallbackIsSafe() {
        Node a = bench.start("a");
        Node b = bench.start("b");
        bench.introduce(a, b);
        AeronTransport closing = new AeronTransport(Bench.config("c").directoryParent(folder), death -> {});
        closing.start((from, delivery, frame, offset, length) -> {
            closing.close();
            return true;
        });
        a.transport.learn(io.orrery.kernel.NodeId.of("c"), closing.address());
        a.transport.send(io.orrery.kernel.NodeId.of("c"), Delivery.STREAM, new byte[] {1}, 0, 1);
        bench.until("it is closed", () -> {
            closing.poll();
            return folder.toFile().list().length == 0;
        });
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void everyThreadingModeCarriesFrames(Threading threading) {
        Node a = bench.start(Bench.config("a").threading(threading));
        Node b = bench.start(Bench.config("b").threading(threading));
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "there");
        b.send(a, Delivery.DATAGRAM, "back");
        bench.until("both arrived", () -> a.received.size() == 1 && b.received.size() == 1);
    }

    @Test
    void missingJvmFlagIsExplainedWithWhatToType() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsTransport.class.getName());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .contains("--add-opens java.base/jdk.internal.misc=ALL-UNNAMED")
                .doesNotContain("started");
    }

    /** Run in a JVM without the flag. */
    static final class StartsTransport {
        public static void main(String[] arguments) {
            try {
                new AeronTransport(Bench.config("a"), death -> {}).start((from, delivery, frame, at, length) -> true);
                System.out.println("started");
            } catch (HostException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private List<Path> children() throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        }
    }

    private Path onlyChild() {
        try {
            return children().get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
