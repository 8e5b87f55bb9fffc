package io.orrery.kernel.host;

import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.OpenFiles.OpenFile;
import io.orrery.kernel.loop.StorageAction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Performs a node's storage operations on a thread of its own, a batch at a time: all that were released, in order; then one
 * force for each file that a sync asked for and each folder whose entries changed; then the completions.
 *
 * <ul>
 *   <li>I1: completions are posted in the order of issue, and none before the forces of its batch are done.
 *   <li>I2: after a failed force nothing is performed and nothing completes: the device's state is unknown, and the node
 *       halts.
 *   <li>I3: a rename takes effect after the syncs issued before it.
 * </ul>
 */
final class DiskThread implements Runnable {
    private static final int BATCH_OPERATIONS_MAX = 4096;
    private static final int READ_CHUNK_BYTES = 256 * 1024;

    private final DataDirectory directory;
    private final DiskQueue queue;
    private final HostCounters counters;
    private final Consumer<Iterable<DiskOperation>> onBatch;
    private final Consumer<Throwable> onBroken;
    private final boolean forcesFiles;
    private final OpenFiles files;
    private final WriteStage stage;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_CHUNK_BYTES);
    private final List<DiskOperation> batch = new ArrayList<>();
    private final TreeSet<Path> changedFolders = new TreeSet<>();
    private final Thread thread;
    private final Doze doze;
    private final BooleanSupplier hasWork;
    private volatile boolean finishing;
    private boolean broken;

    DiskThread(
            String node,
            DataDirectory directory,
            DiskQueue queue,
            HostConfig config,
            HostCounters counters,
            Consumer<Iterable<DiskOperation>> onBatch,
            Consumer<Throwable> onBroken) {
        this.directory = directory;
        this.queue = queue;
        this.forcesFiles = config.forcesFiles();
        this.counters = counters;
        this.onBatch = onBatch;
        this.onBroken = onBroken;
        this.files = new OpenFiles(config.openFilesMax(), this::force);
        this.stage = new WriteStage(counters.storageWrittenBytes);
        this.thread = new Thread(this, "orrery-disk-" + node);
        thread.setDaemon(true);
        this.doze = new Doze(config.diskYieldsMax());
        doze.belongTo(thread);
        this.hasWork = () -> queue.hasReleased() || finishing;
    }

    void start() {
        thread.start();
    }

    /** From any thread. */
    void wakeUp() {
        doze.wakeUp();
    }

    /** Lets the thread perform what is queued and end; waits for it so long. */
    void finish(long nanosMax) {
        finishing = true;
        wakeUp();
        try {
            thread.join(Math.max(1, nanosMax / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                boolean last = finishing;
                if (queue.drain(batch, BATCH_OPERATIONS_MAX) > 0) {
                    runBatch();
                } else if (last) {
                    break;
                } else {
                    doze.await(hasWork);
                }
            }
        } catch (Throwable bug) {
            onBroken.accept(bug);
        } finally {
            files.closeAll();
            directory.close();
        }
    }

    private void runBatch() {
        if (!broken) {
            try {
                for (int i = 0; i < batch.size(); i++) {
                    perform(batch.get(i));
                }
                stage.flush();
                forceWanted();
                account();
                onBatch.accept(batch);
            } catch (SyncFailure failed) {
                broken = true;
                onBroken.accept(failed);
            }
        }
        batch.clear();
    }

    private void account() {
        HostCounters.add(counters.storageBatches, 1);
        HostCounters.add(counters.storageOperations, batch.size());
        int failures = 0;
        for (int i = 0; i < batch.size(); i++) {
            failures += batch.get(i).hasFailed() ? 1 : 0;
        }
        HostCounters.add(counters.storageFailures, failures);
    }

    private void perform(DiskOperation operation) {
        try {
            if (operation.action == StorageAction.LIST) {
                stage.flush();
                operation.succeed(directory.list(operation.scope));
                return;
            }
            Path folder = directory.scope(operation.scope);
            switch (operation.action) {
                case WRITE -> stage.add(files.create(folder, operation.file), operation);
                case SYNC -> want(files.existing(folder, operation.file));
                case READ -> operation.succeed(read(folder, operation));
                case TRUNCATE -> truncate(files.create(folder, operation.file), operation.offset);
                case RENAME -> rename(folder, operation.file, operation.renamedTo());
                case DELETE -> delete(folder, operation.file);
                case LIST -> throw new IllegalStateException("it needs no folder");
            }
        } catch (IOException e) {
            operation.fail(failure(e));
        }
    }

    private static void want(OpenFile file) {
        if (file != null) {
            file.isSyncWanted = true;
        }
    }

    private Bytes read(Path folder, DiskOperation operation) throws IOException {
        OpenFile file = files.existing(folder, operation.file);
        if (file == null) {
            return Bytes.EMPTY;
        }
        stage.flush(file);
        long available = Math.max(0, file.channel.size() - operation.offset);
        byte[] content = new byte[(int) Math.min(operation.length, available)];
        int filled = 0;
        while (filled < content.length) {
            readBuffer.clear().limit(Math.min(READ_CHUNK_BYTES, content.length - filled));
            int count = file.channel.read(readBuffer, operation.offset + filled);
            if (count < 0) {
                break;
            }
            readBuffer.flip().get(content, filled, count);
            filled += count;
        }
        HostCounters.add(counters.storageReadBytes, filled);
        return Bytes.wrap(content, 0, filled);
    }

    private void truncate(OpenFile file, long length) throws IOException {
        stage.flush(file);
        file.isDirty = true;
        long size = file.channel.size();
        if (length < size) {
            file.channel.truncate(length);
        } else if (length > size) {
            file.channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
        }
    }

    private void rename(Path folder, String from, String to) throws IOException {
        stage.flush();
        OpenFile file = files.existing(folder, from);
        if (file != null && file.isSyncWanted) {
            force(file);
        }
        Files.move(
                folder.resolve(from),
                folder.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        files.renamed(folder.resolve(from), folder.resolve(to));
        changedFolders.add(folder);
    }

    private void delete(Path folder, String name) throws IOException {
        stage.flush();
        Path path = folder.resolve(name);
        files.forget(path);
        if (!Files.isDirectory(path) && Files.deleteIfExists(path)) {
            changedFolders.add(folder);
        }
    }

    private void forceWanted() {
        for (OpenFile file : files.all()) {
            if (file.isSyncWanted) {
                force(file);
            }
        }
        if (forcesFiles) {
            changedFolders.forEach(DiskThread::forceFolder);
        }
        changedFolders.clear();
    }

    private static void forceFolder(Path folder) {
        try {
            DataDirectory.force(folder);
        } catch (IOException e) {
            throw new SyncFailure("the folder " + folder, e);
        }
    }

    /** Forces a file if it is not known to be durable. I2: there is no second try. */
    private void force(OpenFile file) {
        stage.flush(file);
        file.isSyncWanted = false;
        if (!file.isDirty && !file.isUnknown) {
            return;
        }
        if (file.isUnknown) {
            changedFolders.add(file.folder);
            file.isUnknown = false;
        }
        if (!forcesFiles) {
            file.isDirty = false;
            return;
        }
        long startNanos = System.nanoTime();
        try {
            file.channel.force(false);
        } catch (IOException e) {
            throw new SyncFailure("a file in " + file.folder, e);
        }
        file.isDirty = false;
        long nanos = System.nanoTime() - startNanos;
        HostCounters.add(counters.storageForces, 1);
        HostCounters.add(counters.storageForceNanos, nanos);
        HostCounters.raise(counters.storageForceNanosMax, nanos);
    }

    /** What the device's refusal means to a protocol. */
    static Failure failure(IOException e) {
        String text = e.toString().toLowerCase(Locale.ROOT);
        boolean full =
                text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space");
        String reason = e instanceof NoSuchFileException ? "no such file: " + e.getMessage() : e.toString();
        return new Failure(full ? Failure.Kind.FULL : Failure.Kind.IO, reason);
    }

    /** A force failed; ends the node. */
    static final class SyncFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyncFailure(String what, IOException cause) {
            super("sync failed of " + what + ": " + cause, cause);
        }
    }
}
