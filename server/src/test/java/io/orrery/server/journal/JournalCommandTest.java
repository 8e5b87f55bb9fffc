package io.orrery.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.cli.CommandTester;
import io.orrery.server.node.ServerNode;
import io.orrery.server.node.TestNodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code orrery sim replay FILE.journal}, as one types it. */
class JournalCommandTest {
    private static final int FIRST_BLOCK = 8;
    private static final int FIRST_RECORD = FIRST_BLOCK + 12;

    @TempDir
    static Path folder;

    private static Path journal;

    @BeforeAll
    static void recordANode() {
        journal = folder.resolve("n.journal");
        try (ServerNode node = TestNodes.alone("n", folder.resolve("data"), "record.file=" + journal)) {
            assertThat(node.whyNotReady()).isEmpty();
        }
    }

    private final CommandTester command = new CommandTester(Map.of());

    private int replay(Path file, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "sim";
        arguments[1] = "replay";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return command.run(arguments);
    }

    /** A copy in which the text is followed by another byte, its block's checksum set right again. */
    private static Path forged(String after, int distance) throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(after) + after.length() + distance;
        bytes[at] ^= 1;
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(bytes, FIRST_RECORD, view.getInt(FIRST_BLOCK));
        view.putInt(FIRST_BLOCK + 8, (int) crc.getValue());
        return Files.write(folder.resolve("forged"), bytes);
    }

    @Test
    void transitionsEventsAndTheLastStateAreShownAndHowTheJournalEnded() {
        assertThat(replay(journal, "--events", "--state")).as(command.err()).isZero();
        assertThat(command.out())
                .contains(" #2 START start\n", " become-leader ", "raft.role = LEADER")
                .contains("replayed ", " events of n, ", "trace hash ", "state digest ")
                .endsWith("the node was stopped in order\n");
    }

    @Test
    void replayStopsWhereItIsAskedToAndSaysSo() {
        assertThat(replay(journal, "--quiet", "--until", "5")).isZero();
        assertThat(command.out())
                .startsWith("replayed 5 events of n, ")
                .endsWith("the replay stopped where it was asked to; the journal goes on\n");
    }

    @Test
    void nodeWithOtherLuckDivergesAndTheFirstEventIsNamed() throws IOException {
        assertThat(replay(forged(JournalReport.software() + "\001n", 0), "--quiet"))
                .as(command.err())
                .isEqualTo(6);
        assertThat(command.out())
                .startsWith("DIVERGED after ")
                .containsPattern("first difference: event \\d+ at \\d+\\w+, [a-zA-Z]+.*: ");
    }

    @Test
    void journalOfAnotherProgramIsRefusedWithItsPlace() throws IOException {
        assertThat(replay(forged("orrery-broke", 0))).isEqualTo(2);
        assertThat(command.err()).contains("forged, byte 20, record 1: a journal of the program 'orrery-brokes'");
    }

    @Test
    void whatIsOnlyForSimulatedRunsIsRefusedOfAJournal() {
        assertThat(replay(journal, "--until", "0")).isEqualTo(2);
        assertThat(replay(journal, "--until", "2s")).isEqualTo(2);
        assertThat(replay(journal, "--branches", "3")).isEqualTo(2);
        assertThat(command.err()).contains("of a journal, --until is an event");
    }

    @Test
    void nodeDoesNotRecordOverAFileThatIsNoJournal() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "not a journal");
        assertThat(command.run(
                        "server",
                        "--dir=" + folder.resolve("other"),
                        "--host=127.0.0.1",
                        "--record=" + precious,
                        "--set=cluster.port=0",
                        "--set=mqtt.port=0",
                        "--set=admin.port=0"))
                .isEqualTo(2);
        assertThat(command.err()).contains("what is there is no journal");
        assertThat(Files.readString(precious)).isEqualTo("not a journal");
    }
}
