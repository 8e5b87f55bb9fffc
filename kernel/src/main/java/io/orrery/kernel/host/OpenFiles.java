package io.orrery.kernel.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files kept open, the least recently used closed first. A file with unsynced writes is forced before it is closed,
 * since an error the device reports later would reach no one.
 *
 * <p>For the storage thread.
 */
final class OpenFiles {
    /** A file and what is known of its durability. */
    static final class OpenFile {
        final Path folder;
        final FileChannel channel;
        /** Has changes that no force has covered. */
        boolean isDirty;
        /** A sync of this batch waits for a force. */
        boolean isSyncWanted;
        /**
         * What it holds, and its entry in the folder, are not known to be durable: it is new, or was written by a process that
         * may have died before its sync.
         */
        boolean isUnknown = true;

        private OpenFile(Path folder, FileChannel channel) {
            this.folder = folder;
            this.channel = channel;
        }
    }

    /** Forces a file, or ends the node. */
    interface Forcer {
        void force(OpenFile file) throws IOException;
    }

    private final LinkedHashMap<Path, OpenFile> files = new LinkedHashMap<>(64, 0.75f, true);
    private final int sizeMax;
    private final Forcer forcer;

    OpenFiles(int sizeMax, Forcer forcer) {
        this.sizeMax = sizeMax;
        this.forcer = forcer;
    }

    /** Opens a file, creating it if need be. */
    OpenFile create(Path folder, String name) throws IOException {
        OpenFile open = existing(folder, name);
        return open != null
                ? open
                : add(folder, name, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens a file; null if there is none. */
    OpenFile existing(Path folder, String name) throws IOException {
        Path path = folder.resolve(name);
        OpenFile open = files.get(path);
        if (open != null || !Files.exists(path)) {
            return open;
        }
        return add(folder, name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private OpenFile add(Path folder, String name, StandardOpenOption... options) throws IOException {
        makeRoom();
        Path path = folder.resolve(name);
        OpenFile file = new OpenFile(folder, FileChannel.open(path, options));
        files.put(path, file);
        return file;
    }

    private void makeRoom() throws IOException {
        while (files.size() >= sizeMax) {
            Iterator<OpenFile> eldestFirst = files.values().iterator();
            OpenFile eldest = eldestFirst.next();
            if (eldest.isDirty) {
                forcer.force(eldest);
            }
            eldestFirst.remove();
            eldest.channel.close();
        }
    }

    /** A file was renamed: it stays open under its new name, and what it replaced is closed. */
    void renamed(Path from, Path to) throws IOException {
        forget(to);
        OpenFile file = files.remove(from);
        if (file != null) {
            files.put(to, file);
        }
    }

    /** Closes a file that is gone or about to go; its unsynced writes do not matter any more. */
    void forget(Path path) throws IOException {
        OpenFile file = files.remove(path);
        if (file != null) {
            file.isSyncWanted = false;
            file.channel.close();
        }
    }

    /** All open files; not to be added to meanwhile. */
    Iterable<OpenFile> all() {
        return files.values();
    }

    int size() {
        return files.size();
    }

    void closeAll() {
        for (Map.Entry<Path, OpenFile> entry : files.entrySet()) {
            try {
                entry.getValue().channel.close();
            } catch (IOException e) {
                // what was synced is durable, and of the rest nobody was promised anything
            }
        }
        files.clear();
    }
}
