package io.orrery.jepsen.maelstrom;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Real files in a folder, worked on by the node's own thread: each operation is done where it is issued, and its completion
 * arrives later as an event. So the loop stands still while the disk works; a production node has a thread for it.
 *
 * <p>Sync forces the file to the device; rename and delete force the folder.
 */
final class LoopStorage implements Storage {
    private final NodeKernel node;
    private final Path folder;
    private final TreeMap<String, FileChannel> open = new TreeMap<>();

    LoopStorage(NodeKernel node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        perform(file, done, () -> {
            ByteBuffer buffer = ByteBuffer.wrap(data.array(), data.offset(), data.length());
            long at = offset;
            while (buffer.hasRemaining()) {
                at += channel(file).write(buffer, at);
            }
            return null;
        });
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        try {
            channel(file).force(false);
        } catch (IOException failed) {
            node.halt(new UncheckedIOException("sync of " + file + " failed", failed));
            return;
        }
        complete(file, done, null, null);
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        perform(file, done, () -> {
            if (!open.containsKey(file) && !Files.exists(folder.resolve(file))) {
                return Bytes.EMPTY;
            }
            FileChannel channel = channel(file);
            long available = Math.max(0, channel.size() - offset);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, available));
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // Reads go on until the buffer is full or the file ends.
            }
            return Bytes.wrap(buffer.array(), 0, buffer.position());
        });
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        perform(file, done, () -> {
            FileChannel channel = channel(file);
            if (channel.size() > length) {
                channel.truncate(length);
            } else if (channel.size() < length) {
                channel.write(ByteBuffer.allocate(1), length - 1);
            }
            return null;
        });
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        perform(from, done, () -> {
            close(from);
            close(to);
            Files.move(
                    folder.resolve(from),
                    folder.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
            return null;
        });
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        perform(file, done, () -> {
            close(file);
            if (Files.deleteIfExists(folder.resolve(file))) {
                forceFolder();
            }
            return null;
        });
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        perform("list", done, () -> {
            List<FileStat> files = new ArrayList<>();
            try (Stream<Path> paths = Files.list(folder)) {
                for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                    files.add(new FileStat(path.getFileName().toString(), Files.size(path)));
                }
            } catch (NoSuchFileException noneYet) {
                return files;
            }
            return files;
        });
    }

    void close() {
        for (String file : List.copyOf(open.keySet())) {
            try {
                close(file);
            } catch (IOException alreadyGone) {
                // Nothing is lost: what had to be durable was synced.
            }
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> void perform(String file, Completion<T> done, Work<T> work) {
        T value = null;
        Failure failure = null;
        try {
            value = work.run();
        } catch (IOException failed) {
            failure = new Failure(kind(failed), failed.toString());
        }
        complete(file, done, value, failure);
    }

    private <T> void complete(String file, Completion<T> done, T value, Failure failure) {
        node.enqueue(NodeEvent.Kind.COMPLETE, file, () -> done.onComplete(value, failure));
    }

    private static Failure.Kind kind(IOException failed) {
        String message = failed.getMessage();
        return message != null && message.contains("No space left") ? Failure.Kind.FULL : Failure.Kind.IO;
    }

    private FileChannel channel(String file) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            Files.createDirectories(folder);
            channel = FileChannel.open(
                    folder.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            open.put(file, channel);
            forceFolder();
        }
        return channel;
    }

    private void close(String file) throws IOException {
        FileChannel channel = open.remove(file);
        if (channel != null) {
            channel.close();
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
