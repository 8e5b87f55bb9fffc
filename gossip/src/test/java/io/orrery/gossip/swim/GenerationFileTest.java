package io.orrery.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.GossipCounters;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.StorageHaltException;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import io.orrery.sim.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GenerationFileTest {
    private static final long GENERATION = 0x0002030405060708L;

    private final Simulation sim = new Simulation(1);
    private int version = GossipConfig.GENERATION_VERSION_MAX;
    private Bytes onDisk = Bytes.EMPTY;

    /** Boots and keeps its generation. */
    private final class Keeper implements Protocol {
        private final Kernel kernel;
        private final GenerationFile file;
        private long generation;

        Keeper(Kernel kernel) {
            this.kernel = kernel;
            this.file = new GenerationFile(kernel, new GossipCounters(), version);
        }

        @Override
        public void start() {
            file.boot(durable -> {
                generation = durable;
                kernel.storage().read("generation", 0, 1000, (data, failure) -> onDisk = data);
            });
        }
    }

    private GenerationFile of(int formatVersion) {
        version = formatVersion;
        GenerationFile[] file = new GenerationFile[1];
        sim.addNode("of" + formatVersion, kernel -> {
            file[0] = new GenerationFile(kernel, new GossipCounters(), formatVersion);
            return () -> {};
        });
        sim.runFor(Time.millis(10));
        return file[0];
    }

    private static Bytes golden(String name) throws IOException {
        String hex = Files.readString(Path.of("src/test/golden", name)).strip();
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }

    private long reboot(NodeId node, int release) {
        sim.crash(node);
        version = release;
        sim.restart(node);
        sim.runFor(Time.seconds(1));
        return sim.protocol(node, Keeper.class).generation;
    }

    @Test
    void filesOfEachVersionAreWrittenAndReadAsTheyWereReleased() throws IOException {
        for (int written = 1; written <= GossipConfig.GENERATION_VERSION_MAX; written++) {
            GenerationFile file = of(written);
            assertThat(file.format(GENERATION)).isEqualTo(golden("generation." + written + ".hex"));
            for (int read = 1; read <= written; read++) {
                assertThat(file.parse(golden("generation." + read + ".hex"))).isEqualTo(GENERATION);
            }
        }
    }

    @Test
    void whatIsNotAWholeFileCountsAsLost() {
        for (int written = 1; written <= GossipConfig.GENERATION_VERSION_MAX; written++) {
            GenerationFile file = of(written);
            Bytes good = file.format(42);
            assertThat(file.parse(Bytes.EMPTY)).isZero();
            for (int length = 0; length < good.length(); length++) {
                assertThat(file.parse(good.slice(0, length))).isZero();
            }
            for (int i = 0; i < good.length(); i++) {
                byte[] torn = good.toByteArray();
                torn[i] ^= 4;
                assertThat(file.parse(Bytes.wrap(torn))).isZero();
            }
        }
    }

    @Test
    void fileOfALaterVersionIsRefusedWithBothVersions() {
        Encoder out = new Encoder();
        out.writeInt(0x4E47524F);
        out.writeInt(9);
        out.writeInt(out.toBytes().crc32c());
        out.writeString("whatever version 9 has to say");
        assertThatThrownBy(() -> of(2).parse(out.toBytes()))
                .isInstanceOf(StorageHaltException.class)
                .hasMessage(
                        "the file generation is of format version 9, known is 2: was it written by a newer release?");
    }

    @Test
    void upgradedNodeGoesOnFromTheFileOfTheEarlierReleaseAndThereIsNoWayBack() {
        version = 1;
        NodeId node = sim.addNode("n1", Keeper::new);
        sim.runFor(Time.seconds(1));
        long first = sim.protocol(node, Keeper.class).generation;
        assertThat(onDisk.length()).isEqualTo(16);
        // A clock that was set back makes no higher generation: only the file can.
        sim.machine(node).stepWall(-Time.seconds(3600));
        assertThat(reboot(node, 2)).isEqualTo(first + 1);
        Bytes upgraded = onDisk;
        assertThat(upgraded.length()).isEqualTo(24);
        assertThatThrownBy(() -> reboot(node, 1)).hasMessageContaining("format version 2, known is 1");
    }
}
