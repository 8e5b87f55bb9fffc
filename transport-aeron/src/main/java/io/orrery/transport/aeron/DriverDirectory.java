package io.orrery.transport.aeron;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.orrery.kernel.Check;
import io.orrery.kernel.host.HostException;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;

/**
 * The directory of a driver: in memory where there is {@code /dev/shm}, one per node and port, so that a node that was
 * killed finds and removes what it left behind.
 */
final class DriverDirectory {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long SILENCE_MILLIS_MAX = 2_000;
    private static final int NAME_CHARS_MAX = 60;
    private static final AtomicInteger ANONYMOUS = new AtomicInteger();

    private DriverDirectory() {}

    static Path of(AeronConfig config, int port) {
        Path parent = config.directoryParent();
        if (parent == null) {
            parent = Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        }
        // Without a port of its own a node cannot find its former directory again; nor can two collide.
        String which =
                port != 0 ? Integer.toString(port) : ProcessHandle.current().pid() + "." + ANONYMOUS.incrementAndGet();
        String full = config.clusterName() + "-" + config.self().name();
        return parent.resolve("orrery-aeron-" + readable(full) + "-" + which);
    }

    private static String readable(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9.@_-]", "_");
        boolean isSame = plain.equals(text) && plain.length() <= NAME_CHARS_MAX;
        String cut = plain.substring(0, Math.min(plain.length(), NAME_CHARS_MAX));
        return isSame ? cut : cut + "." + Integer.toHexString(text.hashCode());
    }

    /**
     * Removes what a dead driver left.
     *
     * @throws HostException if its driver lives
     */
    static void clear(Path directory) {
        File folder = directory.toFile();
        if (!folder.exists()) {
            return;
        }
        Check.argument(folder.isDirectory(), "a driver's directory is a directory: " + directory);
        long pid = livingDriver(folder);
        if (pid != 0) {
            throw new HostException("a media driver lives in " + directory + ", in process " + pid
                    + ": the same node runs already on this machine; stop it, or give this one another name or port");
        }
        IoUtil.delete(folder, false);
    }

    /** The process of a driver that showed life lately; 0 if there is none. */
    private static long livingDriver(File folder) {
        if (!CommonContext.isDriverActive(folder, SILENCE_MILLIS_MAX, line -> {})) {
            return 0;
        }
        MappedByteBuffer file = IoUtil.mapExistingFile(new File(folder, CncFileDescriptor.CNC_FILE), "cnc");
        try {
            long pid = CncFileDescriptor.pid(CncFileDescriptor.createMetaDataBuffer(file));
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) ? pid : 0;
        } finally {
            IoUtil.unmap(file);
        }
    }
}
