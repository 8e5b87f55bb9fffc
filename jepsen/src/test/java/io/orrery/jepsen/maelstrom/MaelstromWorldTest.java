package io.orrery.jepsen.maelstrom;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node by the real clock: order of events, files, and the laws that a world could break. */
class MaelstromWorldTest {
    private static final NodeId SELF = NodeId.of("n1");

    private final List<String> events = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void timersFireInTheOrderOfTheirDeadlinesAndNotEarly() {
        run(
                kernel -> {
                    long begin = kernel.nowNanos();
                    for (int millis : new int[] {30, 10, 20, 10}) {
                        String name = "t" + millis;
                        kernel.timer(name, () -> {
                                    assertThat(kernel.nowNanos() - begin).isGreaterThanOrEqualTo(Time.millis(millis));
                                    events.add(name);
                                })
                                .restart(Time.millis(millis));
                    }
                },
                () -> events.size() == 4);
        assertThat(events).containsExactly("t10", "t10", "t20", "t30");
    }

    @Test
    void completionsAreEventsOfTheirOwnInTheOrderOfTheOperations() {
        run(
                kernel -> {
                    Storage storage = kernel.storage();
                    storage.write("a", 0, Bytes.ofUtf8("hello"), note("write"));
                    storage.sync("a", note("sync"));
                    storage.read("a", 1, 100, note("read"));
                    storage.truncate("a", 8, note("truncate"));
                    storage.read("a", 0, 100, note("read"));
                    events.add("issued");
                },
                () -> events.size() == 6);
        assertThat(events)
                .containsExactly(
                        "issued", "write null", "sync null", "read ello", "truncate null", "read 0x68656c6c6f000000");
    }

    @Test
    void filesAreThereForTheNextIncarnation() {
        run(
                kernel -> {
                    kernel.scope("log").storage().write("b", 3, Bytes.ofUtf8("x"), note("write"));
                    kernel.scope("other").storage().write("a.tmp", 0, Bytes.ofUtf8("y"), note("write"));
                },
                () -> events.size() == 2);
        events.clear();
        run(
                kernel -> {
                    kernel.scope("log").storage().read("b", 0, 10, note("read"));
                    Storage other = kernel.scope("other").storage();
                    other.rename("a.tmp", "a", note("rename"));
                    other.list(note("list"));
                    other.delete("a", note("delete"));
                    other.delete("a", note("delete"));
                    other.list(note("list"));
                    other.read("a", 0, 10, note("read"));
                },
                () -> events.size() == 7);
        assertThat(events)
                .containsExactly(
                        "read 0x00000078",
                        "rename null",
                        "list [FileStat[name=a, length=1]]",
                        "delete null",
                        "delete null",
                        "list []",
                        "read ");
    }

    @Test
    void failedOperationIsAValueAndTheNodeGoesOn() {
        run(
                kernel -> {
                    kernel.storage().rename("none", "some", note("rename"));
                    kernel.storage().list(note("list"));
                },
                () -> events.size() == 2);
        assertThat(events.get(0)).startsWith("rename failed IO");
    }

    @Test
    void protocolThatThrowsHaltsTheNode() {
        MaelstromWorld world = world();
        world.boot(kernel -> () -> {
            throw new IllegalStateException("broken");
        });
        world.turn();
        assertThat(world.haltCause()).hasMessage("broken");
        world.close();
    }

    private void run(Consumer<Kernel> start, BooleanSupplier isOver) {
        MaelstromWorld world = world();
        world.boot(kernel -> () -> start.accept(kernel));
        long deadline = System.nanoTime() + Time.seconds(5);
        while (!isOver.getAsBoolean() && System.nanoTime() < deadline) {
            world.turn();
            LockSupport.parkNanos(Math.min(world.nanosUntilDue(), Time.millis(5)));
        }
        world.close();
        assertThat(world.haltCause()).isNull();
        assertThat(isOver.getAsBoolean()).as(events.toString()).isTrue();
    }

    private MaelstromWorld world() {
        return new MaelstromWorld(SELF, List.of(SELF), folder, envelope -> {}, line -> {}, false);
    }

    private <T> Storage.Completion<T> note(String operation) {
        return (value, failure) ->
                events.add(operation + (failure == null ? " " + value : " failed " + failure.kind()));
    }
}
