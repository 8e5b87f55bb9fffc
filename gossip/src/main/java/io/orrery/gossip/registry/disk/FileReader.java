package io.orrery.gossip.registry.disk;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.util.function.Consumer;

/**
 * Reads a file to its end, twice, and takes the reading in which more is whole: one read that is answered with something else is
 * not believed.
 */
final class FileReader {
    private static final int CHUNK_BYTES = 1024 * 1024;
    private static final int FILE_BYTES_MAX = 1 << 30;

    private final Storage storage;
    private final String file;
    private final Consumer<BlockFile.Content> done;
    private Encoder read = new Encoder(0, FILE_BYTES_MAX);
    private BlockFile.Content first;

    private FileReader(Storage storage, String file, Consumer<BlockFile.Content> done) {
        this.storage = storage;
        this.file = file;
        this.done = done;
    }

    static void read(Storage storage, String file, Consumer<BlockFile.Content> done) {
        new FileReader(storage, file, done).readOn();
    }

    private void readOn() {
        storage.read(file, read.position(), CHUNK_BYTES, (data, failure) -> {
            if (failure == null && !data.isEmpty() && read.position() + (long) data.length() <= FILE_BYTES_MAX) {
                read.writeRaw(data);
                readOn();
            } else {
                onEnd(BlockFile.parse(file, Bytes.wrap(read.buffer(), 0, read.position())));
            }
        });
    }

    private void onEnd(BlockFile.Content content) {
        if (first == null) {
            first = content;
            read = new Encoder(read.position(), FILE_BYTES_MAX);
            readOn();
        } else {
            done.accept(content.end() > first.end() ? content : first);
        }
    }
}
