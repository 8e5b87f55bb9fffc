package io.orrery.gossip.registry.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.registry.RegistryCounters;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryDiskTest {
    private static final Origin SELF = new Origin(NodeId.of("n1"), 7);

    private final Simulation sim = new Simulation(1);
    private final NodeId node = sim.addNode("n1", Keeper::new);

    /** Loads at its start, and keeps what it found. */
    private static final class Keeper implements Protocol {
        private final Kernel kernel;
        private final RegistryCounters counters = new RegistryCounters();
        private final RegistryDisk disk;
        private final List<String> told = new ArrayList<>();
        private RegistryDisk.Loaded loaded;

        private Keeper(Kernel kernel) {
            this.kernel = kernel;
            this.disk = new RegistryDisk(kernel, counters);
        }

        @Override
        public void start() {
            disk.load(found -> loaded = found);
        }
    }

    private static Cell cell(int number) {
        return new Cell(Keys.of(Kind.NAMESPACE, "vpn" + number), Bytes.EMPTY, 0, 1000 + number, false, SELF, number);
    }

    private static Snapshot snapshot(int count) {
        Versions seen = new Versions();
        List<Cell> cells = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            cells.add(cell(i));
            seen.add(SELF, i);
        }
        return new Snapshot(cells, seen, new Versions(), 5, 3, List.of(NodeId.of("n2")));
    }

    private Keeper keeper() {
        return sim.protocol(node, Keeper.class);
    }

    private Keeper reboot() {
        sim.crash(node);
        sim.restart(node);
        sim.runFor(Time.seconds(1));
        return keeper();
    }

    private void on(Runnable task) {
        sim.onNode(node, task);
        sim.runFor(Time.seconds(1));
    }

    private Bytes file(String name) {
        Bytes[] read = new Bytes[1];
        on(() -> keeper().kernel.storage().read(name, 0, 1 << 20, (data, failure) -> read[0] = data));
        return read[0];
    }

    private void damage(String name, long offset) {
        on(() -> keeper().kernel.storage().write(name, offset, Bytes.wrap(new byte[] {77, 77}), (done, failure) -> {}));
        on(() -> keeper().kernel.storage().sync(name, (done, failure) -> {}));
    }

    @Test
    void snapshotAndTheWritesSinceAreThereAfterACrash() {
        sim.runFor(Time.seconds(1));
        Keeper first = keeper();
        on(() -> first.disk.append(cell(1), first.told::add));
        on(() -> first.disk.write(snapshot(1500), written -> first.told.add("snapshot " + written)));
        on(() -> first.disk.append(cell(1501), first.told::add));
        assertThat(first.told).containsExactly(null, "snapshot true", null);
        Keeper second = reboot();
        assertThat(second.loaded.snapshot()).isEqualTo(snapshot(1500));
        assertThat(second.loaded.journal()).containsExactly(cell(1501));
    }

    @Test
    void journalThatWasTornEndsWhereItIsWhole() {
        sim.runFor(Time.seconds(1));
        Keeper first = keeper();
        on(() -> first.disk.append(cell(1), first.told::add));
        long whole = file("journal-1").length();
        on(() -> first.disk.append(cell(2), first.told::add));
        damage("journal-1", whole + 12);
        assertThat(reboot().loaded.journal()).containsExactly(cell(1));
        Keeper second = keeper();
        on(() -> second.disk.append(cell(3), second.told::add));
        assertThat(reboot().loaded.journal()).containsExactly(cell(1), cell(3));
    }

    @Test
    void whoTookPartIsDurableWithTheNextWriteAndSoonWithoutOne() {
        sim.runFor(Time.seconds(1));
        Keeper first = keeper();
        on(() -> first.disk.append(cell(1), first.told::add));
        assertThat(reboot().loaded.participants()).isEmpty();
        Keeper second = keeper();
        on(() -> second.disk.participants(List.of(NodeId.of("n2"), NodeId.of("n3"))));
        assertThat(reboot().loaded.journal()).containsExactly(cell(1));
        Keeper third = keeper();
        assertThat(third.loaded.participants()).containsExactly(NodeId.of("n2"), NodeId.of("n3"));
        on(() -> third.disk.participants(List.of(NodeId.of("n4"))));
        on(() -> third.disk.append(cell(2), third.told::add));
        on(() -> third.disk.append(cell(3), third.told::add));
        assertThat(reboot().loaded.journal()).containsExactly(cell(1), cell(2), cell(3));
        assertThat(keeper().loaded.participants()).contains(NodeId.of("n4"));
    }

    @Test
    void snapshotThatIsDamagedCountsAsLostAndIsCounted() {
        sim.runFor(Time.seconds(1));
        Keeper first = keeper();
        on(() -> first.disk.write(snapshot(20), written -> first.told.add("snapshot " + written)));
        damage("state", 60);
        Keeper second = reboot();
        assertThat(second.loaded.snapshot().cells()).isEmpty();
        assertThat(second.counters.of(Counter.FILES_DAMAGED)).isEqualTo(1);
    }

    @Test
    void crashAtAnyMomentOfASnapshotLeavesTheOneBeforeOrTheNew() {
        for (int millis = 0; millis < 12; millis++) {
            Simulation world = new Simulation(100 + millis);
            NodeId one = world.addNode("n1", Keeper::new);
            world.runFor(Time.seconds(1));
            Keeper first = world.protocol(one, Keeper.class);
            world.onNode(one, () -> first.disk.write(snapshot(600), written -> {}));
            world.runFor(Time.seconds(1));
            world.onNode(one, () -> first.disk.write(snapshot(1200), written -> {}));
            world.runFor(Time.micros(150L * millis));
            world.crash(one);
            world.restart(one);
            world.runFor(Time.seconds(1));
            assertThat(world.protocol(one, Keeper.class).loaded.snapshot()).isIn(snapshot(600), snapshot(1200));
        }
    }

    @Test
    void bytesOfTheFilesAreThoseOnFile() throws IOException {
        sim.runFor(Time.seconds(1));
        Keeper first = keeper();
        on(() -> first.disk.append(cell(1), first.told::add));
        Bytes journal = file("journal-1");
        on(() -> first.disk.write(snapshot(2), written -> {}));
        check("registry-journal.1.hex", journal);
        check("registry-state.1.hex", file("state"));
    }

    private static void check(String name, Bytes bytes) throws IOException {
        Path golden = Path.of("src/test/golden", name);
        String hex = HexFormat.of().formatHex(bytes.toByteArray());
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, hex + "\n");
        }
        assertThat(hex).as(name).isEqualTo(Files.readString(golden).strip());
    }

    @Test
    void fileOfALaterVersionIsRefusedWithBothVersions() {
        Encoder out = new Encoder();
        out.writeInt(0x4745524F);
        out.writeInt(9);
        out.writeInt(out.toBytes().crc32c());
        assertThatThrownBy(() -> BlockFile.parse("state", out.toBytes()))
                .isInstanceOf(StorageHaltException.class)
                .hasMessage("the file state is of format version 9, known is 1: was it written by a newer release?");
    }
}
