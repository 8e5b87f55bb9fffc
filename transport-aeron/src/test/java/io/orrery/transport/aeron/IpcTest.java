package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.transport.aeron.Bench.Node;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpcTest {
    private final Bench bench = new Bench();
    private SharedDriver driver;

    @TempDir
    Path folder;

    @BeforeEach
    void launch() {
        driver = SharedDriver.launch(folder.resolve("driver"), Threading.SHARED, DriverIdle.BACKOFF);
    }

    @AfterEach
    void close() {
        bench.close();
        driver.close();
    }

    private Node start(String name, int number) {
        return bench.start(Bench.config(name)
                .media(Media.IPC)
                .driverDirectory(driver.directory())
                .bind("ipc:" + number));
    }

    @Test
    void nodesOfOneMachineMeetInASharedDriver() {
        Node a = start("a", 1);
        Node b = start("b", 2);
        Node c = start("c", 3);
        bench.introduce(a, b);
        bench.introduce(a, c);
        byte[] large = new byte[3_000_000];
        new Random(2).nextBytes(large);
        a.send(b, Delivery.STREAM, large);
        a.send(c, Delivery.STREAM, "for c");
        a.send(c, Delivery.DATAGRAM, "datagram");
        c.send(a, Delivery.STREAM, "for a");
        bench.until("all arrived", () -> a.received.size() == 1 && b.received.size() == 1 && c.received.size() == 2);
        assertThat(b.received.get(0).frame()).isEqualTo(large);
        assertThat(c.texts()).containsExactlyInAnyOrder("for c", "datagram");
        assertThat(a.received.get(0).from()).isEqualTo(c.id);
    }

    @Test
    void restartedNodeIsServedOnANewConnection() {
        Node a = start("a", 1);
        Node b = start("b", 2);
        bench.introduce(a, b);
        a.send(b, Delivery.STREAM, "to the first");
        bench.until("it arrived", () -> b.received.size() == 1);
        bench.stop(b);
        Node again = start("b", 2);
        bench.until("the new incarnation hears it", () -> {
            a.send(again, Delivery.STREAM, "to the second");
            return !again.received.isEmpty();
        });
        assertThat(again.texts()).containsOnly("to the second");
    }

    @Test
    void endOfTheSharedDriverIsDeath() {
        Node a = start("a", 1);
        bench.cycle();
        driver.close();
        bench.until("the death is told", () -> !a.deaths.isEmpty());
    }
}
