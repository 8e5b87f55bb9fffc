package io.orrery.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.choice.Choices;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final int FILE_BYTES_MAX = 20_000;

    /** A plain array is the model of the content. */
    @Test
    void undoingChangesNewestFirstYieldsWhatWasBeforeThem() {
        ChoiceStream prng = new Choices(11).stream("test");
        for (int run = 0; run < 200; run++) {
            PagedBytes content = new PagedBytes();
            byte[] initial = new byte[prng.below(FILE_BYTES_MAX)];
            Arrays.fill(initial, (byte) 7);
            content.write(0, initial, 0, initial.length);
            byte[] model = initial;
            ArrayDeque<Change> changes = new ArrayDeque<>();
            for (int step = 0; step < 20; step++) {
                Change change;
                if (prng.below(3) == 0) {
                    int length = prng.below(FILE_BYTES_MAX);
                    change = new Change.Cut(content, length);
                    model = Arrays.copyOf(model, length);
                } else {
                    int offset = prng.below(FILE_BYTES_MAX);
                    byte[] data = new byte[prng.below(9000)];
                    Arrays.fill(data, (byte) (step + 10));
                    change = new Change.Write(content, offset, Bytes.wrap(data));
                    model = written(model, offset, data);
                }
                change.redo(content);
                changes.push(change);
                assertArrayEquals(model, all(content));
            }
            changes.forEach(change -> change.undo(content));
            assertArrayEquals(initial, all(content));
        }
    }

    @Test
    void anArrayThatIsUsedAgainAfterItsWriteChangesNothingThatWasWritten() {
        PagedBytes content = new PagedBytes();
        byte[] data = {1, 2, 3};
        Change change = new Change.Write(content, 0, Bytes.wrap(data));
        Arrays.fill(data, (byte) 9);
        change.redo(content);
        assertArrayEquals(new byte[] {1, 2, 3}, all(content));
    }

    private static byte[] written(byte[] model, int offset, byte[] data) {
        if (data.length == 0) {
            return model;
        }
        byte[] longer = Arrays.copyOf(model, Math.max(model.length, offset + data.length));
        System.arraycopy(data, 0, longer, offset, data.length);
        return longer;
    }

    private static byte[] all(PagedBytes content) {
        return content.read(0, 1 << 20);
    }

    @Test
    void oldestChangesAreWrittenBackWhenTooMuchIsPending() {
        Inode inode = new Inode(0);
        Bytes megabyte = Bytes.wrap(new byte[1 << 20]);
        for (int i = 0; i < 100; i++) {
            inode.write((long) i << 20, megabyte);
        }
        assertEquals(100 << 20, inode.length());
        assertEquals(63, inode.pendingCount());
    }
}
