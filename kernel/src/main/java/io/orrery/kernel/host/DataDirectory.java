package io.orrery.kernel.host;

import io.orrery.kernel.Storage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A node's folder on disk: scopes are its sub-folders. One process at a time holds it, by a lock on the file
 * {@value #LOCK}, whose name no protocol can use.
 *
 * <p>Opening forces every file to the device. What a crashed process wrote and did not sync may still be in the page
 * cache, where the new incarnation would read it; it must not build promises on what a power loss could take away.
 *
 * <p>For the storage thread, but for {@link #open}.
 */
final class DataDirectory implements AutoCloseable {
    static final String LOCK = "LOCK";

    private final Path root;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final Map<String, Path> scopes = new TreeMap<>();

    private DataDirectory(Path root, FileChannel lockChannel, FileLock lock) {
        this.root = root;
        this.lockChannel = lockChannel;
        this.lock = lock;
    }

    /**
     * Creates the folder if need be, locks it, and makes what it holds durable.
     *
     * @throws HostException if it cannot be used, or another process has it
     */
    static DataDirectory open(Path root) {
        FileChannel channel = null;
        try {
            Files.createDirectories(root);
            channel = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(channel);
            if (lock == null) {
                channel.close();
                throw new HostException("the data directory " + root
                        + " is in use by another node: stop that node, or give this one a directory of its own");
            }
            DataDirectory directory = new DataDirectory(root, channel, lock);
            directory.forceAll();
            return directory;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new HostException(
                    "cannot use the data directory " + root + ": " + e
                            + "; check that it is a directory this user may write to",
                    e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    /** The folder of a scope, created (and made durable) if it does not exist. */
    Path scope(String path) throws IOException {
        Path known = scopes.get(path);
        if (known != null) {
            return known;
        }
        Path folder = root;
        if (!path.isEmpty()) {
            for (String name : path.split("/")) {
                Path parent = folder;
                folder = parent.resolve(name);
                if (!Files.isDirectory(folder)) {
                    Files.createDirectory(folder);
                    force(parent);
                }
            }
        }
        scopes.put(path, folder);
        return folder;
    }

    /**
     * The files of a scope by name; other things that lie there are passed over. A scope that does not exist has none, and is not
     * created for that: a node of many groups asks for all of theirs when it starts, and each folder costs a force.
     */
    List<Storage.FileStat> list(String scope) throws IOException {
        List<Storage.FileStat> files = new ArrayList<>();
        Path known = scopes.get(scope);
        Path folder = known != null ? known : root.resolve(scope);
        if (known == null && !Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (FileStorage.isFileName(name) && !Files.isDirectory(entry)) {
                    files.add(new Storage.FileStat(name, Files.size(entry)));
                }
            }
        }
        files.sort(Comparator.comparing(Storage.FileStat::name));
        return files;
    }

    /** Makes a folder's entries, or a file's content, durable. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void forceAll() throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = new ArrayList<>(
                    walk.filter(path -> Files.isDirectory(path) || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                            .toList());
        }
        // On POSIX systems closing any channel of a file gives up the locks that this process has on it.
        Path lockFile = root.resolve(LOCK);
        paths.removeIf(path -> path.equals(lockFile));
        ForceAll.force(paths);
    }

    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException alreadyGone) {
            // the channel's end releases it too
        }
        closeQuietly(lockChannel);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException nothingToLose) {
                // nothing was written through it
            }
        }
    }
}
