package io.orrery.raft.log;

import io.orrery.kernel.Storage;
import java.util.function.Consumer;

/**
 * Reads the {@link Watermark} when it is first asked for. What cannot be read, or is damaged, is no mark: marks only add to what
 * is known.
 */
final class WatermarkReader {
    private final Storage storage;
    private Watermark mark;

    WatermarkReader(Storage storage) {
        this.storage = storage;
    }

    /** Gives the later mark, at once or when both were read. */
    void read(Consumer<Watermark> done) {
        if (mark != null) {
            done.accept(mark);
            return;
        }
        look(
                0,
                false,
                even -> look(1, false, odd -> {
                    mark = even.number() > odd.number() ? even : odd;
                    done.accept(mark);
                }));
    }

    /** A read may be wrong though what it should have read is right. */
    private void look(int file, boolean isSecond, Consumer<Watermark> done) {
        new CarefulReader(storage).read(Watermark.FILES.get(file), 0, Watermark.BYTES, bytes -> {
            Watermark found = Watermark.decode(bytes, file);
            if (found.number() == 0 && !bytes.isEmpty() && !isSecond) {
                look(file, true, done);
            } else {
                done.accept(found);
            }
        });
    }
}
