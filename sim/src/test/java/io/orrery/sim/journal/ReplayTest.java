package io.orrery.sim.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.NodeThread;
import io.orrery.kernel.host.Recording;
import io.orrery.kernel.journal.Block;
import io.orrery.kernel.journal.JournalEnd.Why;
import io.orrery.kernel.journal.JournalException;
import io.orrery.kernel.journal.JournalReader;
import io.orrery.kernel.journal.JournalSource;
import io.orrery.kernel.loop.NodeEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on its own thread with a real disk, and its journal replayed. */
class ReplayTest {
    @TempDir
    Path folder;

    private final EchoTransport transport = new EchoTransport();
    private final List<String> ends = new ArrayList<>();
    private Path file;

    private NodeThread start(int number, long bytesMax) {
        file = folder.resolve("journal-" + number);
        Recording recording =
                new Recording(file, bytesMax, "test", "ledger", () -> Ledger.DESCRIPTION, why -> ends.add(why));
        NodeThread node = new NodeThread(
                NodeId.of("n"), new HostConfig().recording(recording), transport, folder.resolve("data"));
        return node.start(kernel -> new Ledger(kernel, 0));
    }

    private static void add(NodeThread node, long number) {
        node.call(() -> {
                    Ledger.add(node.protocol(), number, node.tape());
                    return number;
                })
                .join();
    }

    private static Replay replay(byte[] journal, long swerveAt) {
        return new Replay(new JournalReader(source(journal)), Ledger.replayed(swerveAt), ReplayWatcher.NONE);
    }

    private static JournalSource source(byte[] bytes) {
        return new JournalSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public byte[] read(long offset, int count) {
                return Arrays.copyOfRange(bytes, (int) offset, (int) offset + count);
            }
        };
    }

    private Replayed replayed() throws IOException {
        return replay(Files.readAllBytes(file), 0).run(Long.MAX_VALUE);
    }

    private byte[] journalOf(int additions) throws IOException {
        NodeThread node = start(1, 1 << 24);
        for (int i = 0; i < additions; i++) {
            add(node, i);
        }
        node.stop();
        return Files.readAllBytes(file);
    }

    @Test
    void replayEndsWithTheHashAndTheStateOfTheLiveNodeAndAgreesAtEachCheckpointBetween() throws IOException {
        for (int boot = 1; boot <= 2; boot++) {
            NodeThread node = start(boot, 1 << 24);
            for (int i = 0; i < 400; i++) {
                add(node, i);
                transport.babble(new byte[] {1, 2, (byte) i});
            }
            node.stop();
            Replayed replayed = replayed();
            assertThat(replayed.divergence()).isNull();
            assertThat(replayed.end().why()).isEqualTo(Why.STOPPED);
            assertThat(replayed.events()).isGreaterThan(1_600);
            assertThat(replayed.checkpoints()).isGreaterThanOrEqualTo(2);
            assertThat(node.counters().journalBytes()).isEqualTo(Files.size(file) - Block.MAGIC_BYTES);
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void nodeThatHaltsHaltsInItsReplayAtTheSameEventForTheSameReason() throws IOException {
        NodeThread node = start(1, 1 << 20);
        add(node, 7);
        node.submit(() -> Ledger.add(node.protocol(), Ledger.POISON, node.tape()));
        node.ended().join();
        assertThat(node.isHalted()).isTrue();
        Replayed replayed = replayed();
        assertThat(replayed.divergence()).isNull();
        assertThat(replayed.end().why()).isEqualTo(Why.HALTED);
        assertThat(replayed.end().text()).contains("the ledger takes no poison");
    }

    @Test
    void journalEndsAtItsLimitAndItsNodeGoesOn() throws IOException {
        NodeThread node = start(1, 1 << 20);
        byte[] large = new byte[100_000];
        for (int i = 0; i < 20; i++) {
            transport.babble(large);
            add(node, i);
        }
        node.stop();
        assertThat(Files.size(file)).isLessThanOrEqualTo(1 << 20);
        assertThat(ends).singleElement().asString().contains("its limit of 1048576 bytes");
        assertThat(node.counters().journalsEnded()).isOne();
        Replayed replayed = replayed();
        assertThat(replayed.divergence()).isNull();
        assertThat(replayed.end().why()).isEqualTo(Why.FULL);
    }

    @Test
    void callThatChangesTheNodeWithoutSayingHowEndsTheJournalBeforeIt() throws IOException {
        NodeThread node = start(1, 1 << 20);
        add(node, 1);
        node.call(() -> ((Ledger) node.protocol()).toString()).join();
        assertThat(ends).isEmpty();
        node.call(() -> {
                    ((Ledger) node.protocol()).addUnsaid();
                    return 0;
                })
                .join();
        add(node, 2);
        node.stop();
        assertThat(ends).singleElement().asString().contains("without saying how");
        Replayed replayed = replayed();
        assertThat(replayed.divergence()).isNull();
        assertThat(replayed.end().why()).isEqualTo(Why.UNRECORDED);
    }

    @Test
    void otherProgramIsFoundOutAtTheFirstEventThatItDoesOtherwise() throws IOException {
        byte[] journal = journalOf(50);
        List<String> causes = new ArrayList<>();
        ReplayWatcher watcher = new ReplayWatcher() {
            @Override
            public boolean isOn() {
                return false;
            }

            @Override
            public void event(long number, long nowNanos, NodeEvent event) {
                causes.add(event.kind().name());
            }

            @Override
            public void transition(long nowNanos, String scope, String what, String why) {}
        };
        Replayed replayed =
                new Replay(new JournalReader(source(journal)), Ledger.replayed(30), watcher).run(Long.MAX_VALUE);
        assertThat(replayed.divergence()).isNotNull();
        assertThat(replayed.divergence().cause()).isEqualTo("OUTSIDE call");
        assertThat(causes.stream().filter("OUTSIDE"::equals)).hasSize(30);
        assertThat(replayed.divergence().event()).isEqualTo(causes.size() + 1L);
    }

    @Test
    void replayStopsAfterTheEventThatItIsAskedTo() throws IOException {
        byte[] journal = journalOf(20);
        Replayed whole = replay(journal, 0).run(Long.MAX_VALUE);
        Replayed cut = replay(journal, 0).run(17);
        assertThat(cut.events()).isEqualTo(17);
        assertThat(cut.isCut()).isTrue();
        assertThat(cut.hash()).isNotEqualTo(whole.hash());
    }

    @Test
    void journalCutAnywhereReplaysToItsLastWholeBlock() throws IOException {
        byte[] journal = journalOf(30);
        long before = 0;
        int headerEnds = 0;
        for (int length = 0; length < journal.length; length += 1 + length % 7) {
            byte[] cut = Arrays.copyOf(journal, length);
            try {
                Replayed replayed = replay(cut, 0).run(Long.MAX_VALUE);
                assertThat(replayed.divergence()).isNull();
                assertThat(replayed.end()).isNull();
                assertThat(replayed.events()).isGreaterThanOrEqualTo(before);
                before = replayed.events();
            } catch (JournalException e) {
                assertThat(before).as("without a header nothing is replayed").isZero();
                assertThat(e.record()).isOne();
                headerEnds = length;
            }
        }
        assertThat(headerEnds).isPositive();
        assertThat(before).isPositive();
    }

    @Test
    void everyChangedByteIsFoundAndItsBlockNamed() throws IOException {
        byte[] journal = journalOf(10);
        for (int at = 0; at < journal.length; at += 1 + at % 11) {
            byte[] changed = journal.clone();
            changed[at] ^= 0x10;
            int place = at;
            assertThatThrownBy(() -> replay(changed, 0).run(Long.MAX_VALUE))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.offset()).isLessThanOrEqualTo(place))
                    .hasMessageStartingWith("byte ");
        }
    }

    @Test
    void withoutRecordingTheKernelHasNoTape() {
        NodeThread node = new NodeThread(NodeId.of("n"), new HostConfig(), transport, folder.resolve("plain"));
        node.start(kernel -> new Ledger(kernel, 0));
        add(node, 1);
        assertThat(node.tape()).isNull();
        node.stop();
        assertThat(node.counters().journalBytes()).isZero();
    }

    @Test
    void recordingToAFileThatIsThereFailsTheStartAndLeavesTheFile() throws IOException {
        Files.write(folder.resolve("journal-1"), new byte[] {1});
        assertThatThrownBy(() -> start(1, 1 << 20)).hasMessageContaining("cannot record to");
        assertThat(Files.readAllBytes(file)).containsExactly(1);
    }
}
