package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.StorageAction;
import java.util.List;

/** The files of one scope of a node. */
final class ScopeStorage implements Storage {
    private final NodeKernel node;
    private final FileStorage storage;
    private final String scope;

    ScopeStorage(NodeKernel node, FileStorage storage, String scope) {
        this.node = node;
        this.storage = storage;
        this.scope = scope;
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        Check.argument(offset >= 0, "an offset is not negative");
        issue(StorageAction.WRITE, file, offset, 0, data, done);
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        issue(StorageAction.SYNC, file, 0, 0, null, done);
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        Check.argument(offset >= 0 && length >= 0, "an offset and a length are not negative");
        issue(StorageAction.READ, file, offset, length, null, done);
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        Check.argument(length >= 0, "a length is not negative");
        issue(StorageAction.TRUNCATE, file, length, 0, null, done);
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        checkName(to);
        issue(StorageAction.RENAME, from, 0, 0, to, done);
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        issue(StorageAction.DELETE, file, 0, 0, null, done);
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        storage.issue(new DiskOperation(node, storage, StorageAction.LIST, scope, "", 0, 0, null, done));
    }

    private void issue(
            StorageAction action, String file, long offset, int length, Object argument, Completion<?> done) {
        checkName(file);
        storage.issue(new DiskOperation(node, storage, action, scope, file, offset, length, argument, done));
    }

    private static void checkName(String file) {
        Check.argument(
                FileStorage.isFileName(file), "a file's name is lower-case letters, digits, dot and hyphen: " + file);
    }
}
