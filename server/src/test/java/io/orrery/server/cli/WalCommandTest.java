package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalCommandTest {
    @TempDir
    Path folder;

    private final CommandTester command = new CommandTester(Map.of());
    private byte[] segment;

    @BeforeEach
    void aLog() throws IOException {
        try (InputStream in = WalCommandTest.class.getResourceAsStream("/golden/Segment.3.hex")) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
            segment = HexFormat.of().parseHex(hex);
        }
        write(segment);
    }

    private void write(byte[] content) throws IOException {
        Files.createDirectories(folder.resolve("state/wal"));
        Files.write(folder.resolve("state/wal/wal-0000000001.log"), content);
    }

    @Test
    void inspectShowsSegmentsGroupsAndHardStates() {
        assertThat(command.run("wal", "inspect", folder.toString())).isZero();
        assertThat(command.out())
                .contains("wal-0000000001.log  552    552      2        11       3        n1")
                .contains("1      2      3     5          1 of term 4  5     n2    no      -")
                .contains("2      8      7     6          7 of term 6  6     -     no      -")
                .contains("sound");
        assertThat(command.run("wal", "inspect", folder.toString(), "-o", "json"))
                .isZero();
        assertThat(command.out()).contains("\"sound\":true").contains("\"snapshotIndex\":7");
    }

    @Test
    void verifySaysWhereTheDamageIsAndExitsWithOne() throws IOException {
        assertThat(command.run("wal", "verify", folder.toString())).isZero();
        assertThat(command.out().strip()).isEqualTo("sound");
        byte[] damaged = segment.clone();
        damaged[100] ^= 1;
        write(damaged);
        assertThat(command.run("wal", "verify", folder.toString())).isEqualTo(1);
        assertThat(command.out()).contains("damaged: wal-0000000001.log:80 to 136: a record with a wrong checksum");
        assertThat(command.run("wal", "verify", folder.toString(), "-o", "json"))
                .isEqualTo(1);
        assertThat(command.out()).contains("\"from\":80");
    }

    @Test
    void aLogThatARunningNodeHoldsIsReadWithAWarning() throws IOException {
        try (FileChannel lock = FileChannel.open(
                        folder.resolve("state/LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThat(command.run("wal", "verify", folder.toString())).isZero();
            assertThat(command.out())
                    .startsWith("a node is running on this log")
                    .contains("sound");
            assertThat(command.run("wal", "inspect", folder.toString(), "-o", "json"))
                    .isZero();
            assertThat(command.out()).contains("\"inUse\":true");
        }
        assertThat(command.run("wal", "verify", folder.toString())).isZero();
        assertThat(command.out().strip()).isEqualTo("sound");
    }

    @Test
    void aTornTailIsNoDamageAndIsSaid() throws IOException {
        byte[] torn = new byte[segment.length - 8];
        System.arraycopy(segment, 0, torn, 0, torn.length);
        write(torn);
        assertThat(command.run("wal", "verify", folder.toString())).isZero();
        assertThat(command.out()).contains("a torn write, of which nobody was told");
    }

    @Test
    void aFolderWithoutALogIsRefusedWithWhatToDo() {
        assertThat(command.run("wal", "inspect", folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(command.err()).contains("holds no write-ahead log").contains("name a node's data directory");
    }

    @Test
    void whateverIsInTheFilesNeverIsAStackTrace() throws IOException {
        for (long seed = 1; seed <= 12; seed++) {
            Prng prng = new Prng(seed);
            byte[] content = prng.chance(200_000) ? new byte[prng.below(5_000)] : segment.clone();
            for (int hits = 1 + prng.below(30); hits > 0 && content.length > 0; hits--) {
                content[prng.below(content.length)] = (byte) prng.below(256);
            }
            write(content);
            assertThat(command.run("wal", "inspect", folder.toString()))
                    .as("seed " + seed + " " + command.err())
                    .isZero();
            assertThat(command.run("wal", "verify", folder.toString())).isBetween(0, 1);
            assertThat(command.err()).doesNotContain("Exception");
        }
    }
}
