package io.orrery.broker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.ClusterId;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The record of a first boot that a release has written is read for ever: without it a node does not know its cluster. */
class GoldenBootFileTest {
    private static final NodeId N1 = NodeId.of("n1@host");
    private static final NodeId N2 = NodeId.of("n2@host");
    private static final long SEQUENCE = 7;

    /** A node that promised, accepted, and is of a cluster. */
    private static BootRecord record() {
        Founding founding = new Founding(
                new ClusterId(0x0123456789abcdefL, 0xfedcba9876543210L), new TreeMap<>(Map.of(N1, 11L, N2, 12L)));
        Electorate named = Electorate.named(List.of(N1, N2));
        return BootRecord.EMPTY
                .ofDisk(11)
                .accept(named, new Ballot(3, N1), founding)
                .promise(named, new Ballot(4, N2))
                .settle(founding);
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = GoldenBootFileTest.class.getResourceAsStream("first-boot-1.hex")) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip());
        }
    }

    /** A node that reads a record which is on its disk before anything else is. */
    private static final class Reader implements Protocol {
        private final Kernel kernel;
        private final byte[] bytes;
        private BootRecord found;

        private Reader(Kernel kernel, byte[] bytes) {
            this.kernel = kernel;
            this.bytes = bytes;
        }

        @Override
        public void start() {
            kernel.storage()
                    .write(
                            "first-boot.b",
                            0,
                            Bytes.wrap(bytes),
                            (none, failure) -> new BootFile(kernel).read(record -> found = record));
        }
    }

    @Test
    void bytesOnDiskAreThoseOfTheGoldenFile() throws IOException {
        assertThat(HexFormat.of().formatHex(BootFile.format(record(), SEQUENCE).toByteArray()))
                .isEqualTo(HexFormat.of().formatHex(golden()));
    }

    @Test
    void whatAnyReleaseHasWrittenIsRead() throws IOException {
        byte[] bytes = golden();
        Simulation sim = new Simulation(1);
        NodeId node = sim.addNode("n1", kernel -> new Reader(kernel, bytes));
        assertThat(sim.runUntil(() -> sim.protocol(node, Reader.class).found != null, Time.seconds(5)))
                .isTrue();
        assertThat(sim.protocol(node, Reader.class).found).isEqualTo(record());
    }
}
