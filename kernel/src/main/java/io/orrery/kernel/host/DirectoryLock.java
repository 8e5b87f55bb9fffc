package io.orrery.kernel.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a node runs on a data directory: each holds a lock there as long as it runs. */
public final class DirectoryLock {
    private DirectoryLock() {}

    /**
     * Looks, and changes nothing. For a process that runs no node on this directory itself: to have looked gives up its lock.
     *
     * @param root where the node's lock is
     * @return false too if that cannot be found out
     */
    public static boolean isHeld(Path root) {
        Path file = root.resolve(DataDirectory.LOCK);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException thisProcess) {
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }
}
