package io.orrery.server.cli;

import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.DirectoryLock;
import io.orrery.raft.log.WalInspector;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a write-ahead log on this machine, read only. */
final class WalFolder implements WalInspector.Files {
    private final Path folder;

    /**
     * @param named the folder itself, or a node's data directory
     * @throws ProblemException if there is no log
     */
    WalFolder(Path named) {
        for (Path candidate : List.of(named, named.resolve("wal"), named.resolve("state/wal"))) {
            if (holdsSegments(candidate)) {
                folder = candidate;
                return;
            }
        }
        throw new ProblemException(
                ExitCode.USAGE,
                named + " holds no write-ahead log",
                "there is no file wal-0000000001.log or later in it, in its wal/, or in its state/wal/",
                "name a node's data directory, or the folder that holds its segments");
    }

    private static boolean holdsSegments(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(
                    file -> file.getFileName().toString().matches("wal-\\d{10}\\.log") && Files.isRegularFile(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a node runs on it, so that its last batch may be half written while it is read here. */
    boolean isInUse() {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        return parent != null && DirectoryLock.isHeld(parent);
    }

    Path folder() {
        return folder;
    }

    @Override
    public List<FileStat> list() {
        List<FileStat> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file)) {
                    found.add(new FileStat(file.getFileName().toString(), Files.size(file)));
                }
            }
        } catch (IOException e) {
            throw new ProblemException(ExitCode.USAGE, "cannot list " + folder, e.toString(), "");
        }
        return found;
    }

    @Override
    public Bytes read(String file, long offset, int length) {
        try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.READ)) {
            int there = (int) Math.max(0, Math.min(length, channel.size() - offset));
            ByteBuffer buffer = ByteBuffer.allocate(there);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
                // Until there is enough, or no more.
            }
            return Bytes.wrap(buffer.array(), 0, buffer.position());
        } catch (IOException e) {
            return null;
        }
    }
}
