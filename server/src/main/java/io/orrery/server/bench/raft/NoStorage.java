package io.orrery.server.bench.raft;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.util.List;

/** Files that keep nothing: every operation succeeds, in the next event. For a Raft that is measured without a disk. */
final class NoStorage implements Storage {
    private final NodeKernel node;

    NoStorage(NodeKernel node) {
        this.node = node;
    }

    private <T> void complete(Completion<T> done, T value) {
        node.enqueue(NodeEvent.Kind.COMPLETE, "memory", () -> done.onComplete(value, null));
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        complete(done, Bytes.EMPTY);
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        complete(done, List.of());
    }
}
