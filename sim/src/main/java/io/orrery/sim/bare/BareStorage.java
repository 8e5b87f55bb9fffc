package io.orrery.sim.bare;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.util.ArrayDeque;
import java.util.List;

/** Files that keep nothing: every operation succeeds, in the next event. For a protocol that is measured without a disk. */
final class BareStorage implements Storage {
    private static final List<FileStat> NO_FILES = List.of();

    private final NodeKernel node;
    private final ArrayDeque<Done> spares = new ArrayDeque<>();

    BareStorage(NodeKernel node) {
        this.node = node;
    }

    /**
     * An operation is over; used again for another one.
     *
     * <ul>
     *   <li>I1: an event that waits for its next operation is on no queue.
     * </ul>
     */
    private final class Done extends NodeEvent {
        private Completion<Object> completion;
        private Object value;

        Done() {
            super(node);
        }

        @Override
        public Kind kind() {
            return Kind.COMPLETE;
        }

        @Override
        public String subject() {
            return "bare";
        }

        @Override
        protected void happen() {
            Check.that(completion != null, "I1: an operation completes once");
            Completion<Object> tells = completion;
            Object with = value;
            completion = null;
            value = null;
            spares.addLast(this);
            tells.onComplete(with, null);
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void complete(Completion<T> completion, T value) {
        Done done = spares.isEmpty() ? new Done() : spares.removeLast();
        done.completion = (Completion<Object>) completion;
        done.value = value;
        node.world().schedule(done, node.nowNanos(), node.world().nextSequence());
    }

    @Override
    public void write(String file, long offset, Bytes data, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void sync(String file, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void read(String file, long offset, int length, Completion<Bytes> done) {
        complete(done, Bytes.EMPTY);
    }

    @Override
    public void truncate(String file, long length, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void rename(String from, String to, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void delete(String file, Completion<Void> done) {
        complete(done, null);
    }

    @Override
    public void list(Completion<List<FileStat>> done) {
        complete(done, NO_FILES);
    }
}
