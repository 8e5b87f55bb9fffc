package io.orrery.kernel.journal;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.StorageAction;
import java.util.List;

/** A scope's files, each operation on which is folded into the hash of a {@link Tape}. */
final class TapedStorage implements Storage {
    private final Storage storage;
    private final String scope;
    private final Tape tape;

    TapedStorage(Storage storage, String scope, Tape tape) {
        this.storage = storage;
        this.scope = scope;
        this.tape = tape;
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        note(StorageAction.WRITE, file, offset, data.length(), data);
        storage.write(file, offset, data, done);
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        note(StorageAction.SYNC, file, 0, 0, null);
        storage.sync(file, done);
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        note(StorageAction.READ, file, offset, length, null);
        storage.read(file, offset, length, done);
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        note(StorageAction.TRUNCATE, file, 0, length, null);
        storage.truncate(file, length, done);
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        note(StorageAction.RENAME, from, to.hashCode(), 0, null);
        storage.rename(from, to, done);
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        note(StorageAction.DELETE, file, 0, 0, null);
        storage.delete(file, done);
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        note(StorageAction.LIST, "", 0, 0, null);
        storage.list(done);
    }

    private void note(StorageAction action, String file, long offset, long length, Bytes data) {
        if (tape.isOn()) {
            tape.hash().stored(action, scope, file, offset, length, data);
        }
    }
}
