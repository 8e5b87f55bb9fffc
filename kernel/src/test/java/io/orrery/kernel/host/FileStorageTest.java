package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real files, through a real node thread. */
class FileStorageTest {
    @TempDir
    Path directory;

    private final AtomicReference<Kernel> kernel = new AtomicReference<>();
    private NodeThread node;

    @AfterEach
    void stopAndUnlink() throws IOException {
        stop();
        Files.deleteIfExists(directory.resolve("full"));
    }

    private void stop() {
        if (node != null) {
            node.stop();
        }
    }

    private Storage start(HostConfig config) {
        stop();
        NodeId self = NodeId.of("n");
        node = new NodeThread(self, config, new LocalNetwork().transport(self), directory);
        node.start(booted -> {
            kernel.set(booted);
            return () -> {};
        });
        return kernel.get().storage();
    }

    private Storage start() {
        return start(new HostConfig());
    }

    /** The outcome of one operation: its value or failure. */
    private record Outcome<T>(T value, Failure failure) {}

    private <T> Outcome<T> run(BiConsumer<Storage, Storage.Completion<T>> operation, Storage storage) {
        CompletableFuture<Outcome<T>> over = new CompletableFuture<>();
        node.submit(() -> operation.accept(storage, (value, failure) -> over.complete(new Outcome<>(value, failure))));
        return Await.answer(over);
    }

    private Failure write(Storage storage, String file, long offset, String text) {
        return this.<Void>run((s, done) -> s.write(file, offset, Bytes.ofUtf8(text), done), storage)
                .failure();
    }

    private Failure sync(Storage storage, String file) {
        return this.<Void>run((s, done) -> s.sync(file, done), storage).failure();
    }

    private Bytes read(Storage storage, String file, long offset, int length) {
        return this.<Bytes>run((s, done) -> s.read(file, offset, length, done), storage)
                .value();
    }

    private List<Storage.FileStat> list(Storage storage) {
        return this.<List<Storage.FileStat>>run((s, done) -> s.list(done), storage)
                .value();
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        Storage storage = start();
        assertThat(write(storage, "log", 0, "hello")).isNull();
        assertThat(sync(storage, "log")).isNull();
        storage = start();
        assertThat(read(storage, "log", 0, 100)).isEqualTo(Bytes.ofUtf8("hello"));
    }

    @Test
    void readsAreShortAtTheEndAndEmptyWithoutAFile() {
        Storage storage = start();
        write(storage, "f", 0, "0123456789");
        assertThat(read(storage, "f", 8, 5)).isEqualTo(Bytes.ofUtf8("89"));
        assertThat(read(storage, "f", 100, 5)).isEqualTo(Bytes.EMPTY);
        assertThat(read(storage, "none", 0, 5)).isEqualTo(Bytes.EMPTY);
        assertThat(list(storage)).containsExactly(new Storage.FileStat("f", 10));
    }

    @Test
    void aGapReadsAsZerosAndTruncateCutsAndExtends() {
        Storage storage = start();
        write(storage, "f", 4, "x");
        assertThat(read(storage, "f", 0, 10)).isEqualTo(Bytes.wrap(new byte[] {0, 0, 0, 0, 'x'}));
        run((Storage s, Storage.Completion<Void> done) -> s.truncate("f", 2, done), storage);
        assertThat(list(storage)).containsExactly(new Storage.FileStat("f", 2));
        run((Storage s, Storage.Completion<Void> done) -> s.truncate("f", 6, done), storage);
        assertThat(read(storage, "f", 0, 10)).isEqualTo(Bytes.wrap(new byte[6]));
    }

    @Test
    void renameReplacesAndDeleteOfNothingSucceeds() {
        Storage storage = start();
        write(storage, "new", 0, "new content");
        write(storage, "old", 0, "old content");
        assertThat(run((Storage s, Storage.Completion<Void> done) -> s.rename("new", "old", done), storage)
                        .failure())
                .isNull();
        write(storage, "old", 0, "NEW");
        assertThat(read(storage, "old", 0, 100)).isEqualTo(Bytes.ofUtf8("NEW content"));
        assertThat(list(storage)).extracting(Storage.FileStat::name).containsExactly("old");
        for (int i = 0; i < 2; i++) {
            assertThat(run((Storage s, Storage.Completion<Void> done) -> s.delete("old", done), storage)
                            .failure())
                    .isNull();
        }
        assertThat(list(storage)).isEmpty();
        assertThat(run((Storage s, Storage.Completion<Void> done) -> s.rename("none", "x", done), storage)
                        .failure()
                        .kind())
                .isEqualTo(Failure.Kind.IO);
    }

    @Test
    void scopesAreFoldersOfTheirOwn() {
        Storage root = start();
        Storage child = Await.answer(
                node.call(() -> kernel.get().scope("raft").scope("group-1").storage()));
        write(root, "f", 0, "root");
        write(child, "f", 0, "child");
        assertThat(read(root, "f", 0, 9)).isEqualTo(Bytes.ofUtf8("root"));
        assertThat(read(child, "f", 0, 9)).isEqualTo(Bytes.ofUtf8("child"));
        assertThat(list(root)).containsExactly(new Storage.FileStat("f", 4));
        assertThat(directory.resolve("raft/group-1/f")).hasContent("child");
    }

    @Test
    void aScopeThatWasNeverWrittenHasNoFilesAndNoFolderEither() {
        start();
        Storage child = Await.answer(
                node.call(() -> kernel.get().scope("raft").scope("group-1").storage()));
        assertThat(list(child)).isEmpty();
        assertThat(directory.resolve("raft")).doesNotExist();
    }

    @Test
    void completionsComeInTheOrderOfIssueAsEventsOfTheirOwn() {
        Storage storage = start();
        List<String> order = new ArrayList<>();
        CompletableFuture<Void> last = new CompletableFuture<>();
        node.submit(() -> {
            storage.write("a", 0, Bytes.ofUtf8("1"), (v, f) -> order.add("write a"));
            storage.sync("a", (v, f) -> order.add("sync a"));
            storage.write("b", 0, Bytes.ofUtf8("2"), (v, f) -> order.add("write b"));
            storage.read("a", 0, 1, (v, f) -> order.add("read a " + v));
            storage.write("a", 1, Bytes.ofUtf8("3"), (v, f) -> order.add("write a again"));
            storage.list((v, f) -> last.complete(null));
            order.add("issued");
        });
        Await.answer(last);
        assertThat(order).containsExactly("issued", "write a", "sync a", "write b", "read a 1", "write a again");
    }

    @Test
    void theSyncsOfOneEventShareOneForceAFile() {
        Storage storage = start();
        CompletableFuture<Void> last = new CompletableFuture<>();
        node.submit(() -> {
            for (int i = 0; i < 200; i++) {
                storage.write("log", 4L * i, Bytes.ofUtf8("abcd"), (v, f) -> {});
                storage.sync("log", (v, f) -> {});
                storage.write("other", 4L * i, Bytes.ofUtf8("abcd"), (v, f) -> {});
                storage.sync("other", (v, f) -> {});
            }
            storage.list((v, f) -> last.complete(null));
        });
        Await.answer(last);
        assertThat(node.counters().storageForces()).isEqualTo(2);
        assertThat(node.counters().storageOperations()).isEqualTo(801);
    }

    @Test
    void aSyncOfWhatIsDurableAlreadyForcesNothing() {
        Storage storage = start();
        write(storage, "f", 0, "x");
        sync(storage, "f");
        sync(storage, "f");
        assertThat(sync(storage, "none")).isNull();
        assertThat(node.counters().storageForces()).isEqualTo(1);
    }

    /** It may have died between the write and the force; whoever reads the file and relies on it syncs it first. */
    @Test
    void aSyncForcesWhatAnEarlierProcessWrote() {
        Storage storage = start();
        write(storage, "f", 0, "x");
        storage = start();
        assertThat(read(storage, "f", 0, 1)).isEqualTo(Bytes.ofUtf8("x"));
        assertThat(sync(storage, "f")).isNull();
        assertThat(sync(storage, "f")).isNull();
        assertThat(node.counters().storageForces()).isEqualTo(1);
    }

    @Test
    void aFileClosedToMakeRoomIsForcedBefore() {
        Storage storage = start(new HostConfig().openFilesMax(1));
        write(storage, "a", 0, "a");
        write(storage, "b", 0, "b");
        assertThat(node.counters().storageForces()).isEqualTo(1);
        assertThat(sync(storage, "a")).isNull();
        assertThat(read(storage, "a", 0, 1)).isEqualTo(Bytes.ofUtf8("a"));
        assertThat(read(storage, "b", 0, 1)).isEqualTo(Bytes.ofUtf8("b"));
    }

    @Test
    void aFullDeviceIsToldFromAnUnusableFile() throws IOException {
        linkToFullDevice("full");
        Storage storage = start();
        assertThat(write(storage, "full", 0, "x").kind()).isEqualTo(Failure.Kind.FULL);
        Files.createDirectory(directory.resolve("folder"));
        assertThat(write(storage, "folder", 0, "x").kind()).isEqualTo(Failure.Kind.IO);
        assertThat(write(storage, "fine", 0, "x")).isNull();
        assertThat(node.isHalted()).isFalse();
    }

    @Test
    void aFailedSyncHaltsTheNodeAndNothingCompletesAfterIt() throws IOException {
        linkToFullDevice("full");
        Storage storage = start();
        List<String> completed = new ArrayList<>();
        node.submit(() -> {
            storage.write("full", 0, Bytes.ofUtf8("x"), (v, f) -> completed.add("write"));
            storage.sync("full", (v, f) -> completed.add("sync"));
            storage.write("fine", 0, Bytes.ofUtf8("x"), (v, f) -> completed.add("later write"));
        });
        Await.answer(node.ended());
        assertThat(node.haltReason()).hasMessageContaining("sync failed");
        assertThat(completed).isEmpty();
    }

    private void linkToFullDevice(String name) throws IOException {
        Path device = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(device), "this system has no /dev/full");
        Files.createSymbolicLink(directory.resolve(name), device);
    }

    @Test
    void aProtocolThatDoesNotWaitForItsDiskHalts() {
        Storage storage = start(new HostConfig().storageOperationsMax(64));
        node.submit(() -> {
            for (int i = 0; i < 65; i++) {
                storage.write("f", i, Bytes.ofUtf8("x"), (v, f) -> {});
            }
        });
        Await.answer(node.ended());
        assertThat(node.haltReason()).hasMessageContaining("waits for its disk");
    }

    @Test
    void namesThatCouldLeaveTheFolderAreRefused() {
        Storage storage = start();
        for (String name : new String[] {"", "..", ".hidden", "a/b", "LOCK", "a b", "a\u0000"}) {
            assertThatThrownBy(() -> Await.answer(node.call(() -> {
                        storage.delete(name, (v, f) -> {});
                        return null;
                    })))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anyMixOfOperationsLeavesWhatPlainArraysWouldHold() {
        Storage storage = start(new HostConfig().openFilesMax(2));
        Prng prng = new Prng(20261121);
        byte[][] model = new byte[4][];
        for (int i = 0; i < model.length; i++) {
            model[i] = new byte[0];
        }
        List<String> surprises = new ArrayList<>();
        for (int round = 0; round < 40; round++) {
            CompletableFuture<Void> over = new CompletableFuture<>();
            node.submit(() -> {
                for (int i = 0; i < 25; i++) {
                    step(storage, prng, model, surprises);
                }
                storage.list((v, f) -> over.complete(null));
            });
            Await.answer(over);
        }
        assertThat(surprises).isEmpty();
    }

    private static void step(Storage storage, Prng prng, byte[][] model, List<String> surprises) {
        int which = prng.below(model.length);
        String file = "f" + which;
        byte[] content = model[which];
        int offset = prng.chance(700_000) ? content.length : prng.below(content.length + 50);
        Storage.Completion<Void> succeeds = (v, f) -> {
            if (f != null) {
                surprises.add(file + ": " + f);
            }
        };
        switch (prng.below(10)) {
            case 0 -> {
                int length = prng.below(content.length + 100);
                model[which] = Arrays.copyOf(content, length);
                storage.truncate(file, length, succeeds);
            }
            case 1 -> {
                model[which] = new byte[0];
                storage.delete(file, succeeds);
            }
            case 2 -> storage.sync(file, succeeds);
            case 3 -> {
                byte[] expected = offset >= content.length
                        ? new byte[0]
                        : Arrays.copyOfRange(content, offset, Math.min(content.length, offset + 5000));
                storage.read(file, offset, 5000, (value, failure) -> {
                    if (failure != null || !value.equals(Bytes.wrap(expected))) {
                        surprises.add(file + " at " + offset + ": " + failure);
                    }
                });
            }
            default -> {
                byte[] data = new byte[prng.chance(50_000) ? 600_000 : prng.below(3000)];
                Arrays.fill(data, (byte) prng.nextLong());
                model[which] =
                        Arrays.copyOf(content, Math.max(content.length, data.length == 0 ? 0 : offset + data.length));
                System.arraycopy(data, 0, model[which], data.length == 0 ? 0 : offset, data.length);
                storage.write(file, offset, Bytes.wrap(data), succeeds);
            }
        }
    }
}
