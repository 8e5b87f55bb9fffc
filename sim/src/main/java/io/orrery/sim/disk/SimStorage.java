package io.orrery.sim.disk;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeKernel;
import java.util.List;

/** A scope's view of its node's disk, for one incarnation. Operations of a dead incarnation do nothing. */
final class SimStorage implements Storage {
    private static final int WRITE = 1;
    private static final int SYNC = 2;
    private static final int READ = 3;
    private static final int TRUNCATE = 4;
    private static final int RENAME = 5;
    private static final int DELETE = 6;
    private static final int LIST = 7;
    private static final Bytes NONE = Bytes.EMPTY;

    private final SimDisk disk;
    private final NodeKernel node;
    private final String prefix;
    private String lastFile;
    private String lastName;
    private Inode lastInode;
    private long lastVersion = -1;

    SimStorage(SimDisk disk, NodeKernel node, String path) {
        this.disk = disk;
        this.node = node;
        this.prefix = path.isEmpty() ? "" : path + "/";
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        Check.argument(offset >= 0, "an offset is not negative");
        if (node.isDead()) {
            return;
        }
        disk.fold(WRITE, offset, data.length());
        disk.fold(data);
        Inode inode = findOrCreate(file);
        Failure failure = disk.write(lastName, inode, offset, data);
        disk.complete(operation(file, (Void) null, done).fails(failure), inode, false, data.length());
        disk.onChangeIssued();
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        if (node.isDead()) {
            return;
        }
        disk.fold(SYNC, 0, 0);
        Inode inode = find(file);
        if (inode == null) {
            disk.completeNothing(operation(file, null, done));
        } else {
            disk.complete(operation(file, (Void) null, done).syncs(inode), inode, true, 0);
        }
        disk.onChangeIssued();
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        Check.argument(offset >= 0 && length >= 0, "an offset and a length are not negative");
        if (node.isDead()) {
            return;
        }
        disk.fold(READ, offset, length);
        Inode inode = find(file);
        if (inode == null) {
            disk.completeNothing(operation(file, NONE, done));
        } else {
            Failure failure = disk.unreadable(prefix + file, inode, offset, length);
            Bytes content = failure == null ? disk.read(inode, offset, length) : null;
            disk.complete(operation(file, content, done).fails(failure), inode, false, length);
        }
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        Check.argument(length >= 0, "a length is not negative");
        if (node.isDead()) {
            return;
        }
        disk.fold(TRUNCATE, length, 0);
        Inode inode = findOrCreate(file);
        Failure failure = disk.truncate(prefix + file, inode, length);
        disk.complete(operation(file, (Void) null, done).fails(failure), inode, false, 0);
        disk.onChangeIssued();
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        if (node.isDead()) {
            return;
        }
        disk.fold(RENAME, 0, 0);
        Inode inode = find(from);
        if (inode == null) {
            failNoFile(from, done);
            return;
        }
        Inode replaced = find(to);
        NameChange change = disk.rename(prefix + from, prefix + to);
        disk.completeNames(operation(from, (Void) null, done).hardens(change), inode, replaced);
        disk.onChangeIssued();
    }

    private void failNoFile(String file, Completion<Void> done) {
        Failure failure = new Failure(Failure.Kind.IO, "no such file: " + prefix + file);
        disk.completeNothing(operation(file, null, (value, none) -> done.onComplete(null, failure)));
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        if (node.isDead()) {
            return;
        }
        disk.fold(DELETE, 0, 0);
        Inode inode = find(file);
        if (inode == null) {
            disk.completeNothing(operation(file, null, done));
        } else {
            NameChange change = disk.delete(prefix + file);
            disk.completeNames(operation(file, (Void) null, done).hardens(change), inode, null);
        }
        disk.onChangeIssued();
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        if (node.isDead()) {
            return;
        }
        disk.fold(LIST, 0, 0);
        disk.completeNothing(operation("", disk.list(prefix), done));
    }

    private <T> DiskOperation<T> operation(String file, T value, Completion<T> done) {
        return new DiskOperation<>(node, disk, file, value, done);
    }

    private Inode find(String file) {
        if (lastVersion != disk.version() || !file.equals(lastFile)) {
            String name = name(file);
            remember(file, name, disk.find(name));
        }
        return lastInode;
    }

    private Inode findOrCreate(String file) {
        Inode inode = find(file);
        if (inode == null) {
            inode = disk.findOrCreate(lastName);
            remember(file, lastName, inode);
        }
        return inode;
    }

    private void remember(String file, String name, Inode inode) {
        lastFile = file;
        lastName = name;
        lastInode = inode;
        lastVersion = disk.version();
    }

    private String name(String file) {
        Check.argument(!file.isEmpty(), "a file has a name");
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            Check.argument(
                    c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-',
                    "a file's name is lower-case letters, digits, dot and hyphen");
        }
        return prefix + file;
    }
}
