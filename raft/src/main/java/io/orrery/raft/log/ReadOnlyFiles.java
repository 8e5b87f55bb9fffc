package io.orrery.raft.log;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;

/** Files that are read and never changed, so that recovery can be tried on them: what it would cut off is noted. */
final class ReadOnlyFiles implements Storage {
    private final WalInspector.Files files;
    private final ArrayDeque<Runnable> completions = new ArrayDeque<>();
    private String cut;

    ReadOnlyFiles(WalInspector.Files files) {
        this.files = files;
    }

    /** Completes what was asked, and what is asked then, until nothing is left. */
    void run() {
        while (!completions.isEmpty()) {
            completions.removeFirst().run();
        }
    }

    /** What recovery would cut off; null for nothing. */
    String cut() {
        return cut;
    }

    private <T> void complete(Completion<T> done, Supplier<T> value) {
        completions.addLast(() -> {
            T result = value.get();
            done.onComplete(result, null);
        });
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        complete(done, () -> null);
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        complete(done, () -> null);
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        completions.addLast(() -> {
            Bytes bytes = files.read(file, offset, length);
            Failure failure = bytes == null ? new Failure(Failure.Kind.IO, file + " at " + offset) : null;
            done.onComplete(bytes, failure);
        });
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        cut = file + " ends at offset " + length;
        complete(done, () -> null);
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        complete(done, () -> null);
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        complete(done, () -> null);
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        complete(done, files::list);
    }
}
