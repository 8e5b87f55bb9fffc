package io.orrery.sim.journal;

import io.orrery.kernel.Check;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.journal.JournalHeader;
import io.orrery.kernel.journal.JournalItem;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.StorageAction;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A disk that does nothing: it notes what is asked of it, and the journal says how each operation ended. They end in the
 * order in which they were issued, as those of the host do.
 */
final class ReplayDisk {
    private final JournalHeader.Limits limits;
    private final ArrayDeque<Operation> inFlight = new ArrayDeque<>();
    private int operations;
    private long bytes;

    ReplayDisk(JournalHeader.Limits limits) {
        this.limits = limits;
    }

    private record Operation(
            StorageAction action, String scope, String file, int dataBytes, Storage.Completion<?> done) {
        @Override
        public String toString() {
            return action + " " + (scope.isEmpty() ? file : scope + "/" + file);
        }
    }

    Storage scope(String path) {
        return new Scope(path);
    }

    /**
     * The event of the oldest operation's end.
     *
     * @return null if the oldest operation is of another kind, or there is none
     */
    NodeEvent complete(NodeKernel node, JournalItem.Completion completion) {
        Operation oldest = inFlight.peek();
        if (oldest == null || oldest.action != completion.action()) {
            return null;
        }
        inFlight.remove();
        return new End(node, oldest, completion);
    }

    /** The oldest operation that has not ended, for people. */
    String oldest() {
        return inFlight.isEmpty() ? "none" : inFlight.peek().toString();
    }

    private void issue(Operation operation) {
        operations++;
        bytes += operation.dataBytes;
        Check.that(
                operations <= limits.storageOperations(),
                "I1: a protocol waits for its disk (storageOperationsMax)",
                operations);
        Check.that(bytes <= limits.storageBytes(), "I1: a protocol waits for its disk (storageBytesMax)", bytes);
        inFlight.add(operation);
    }

    private final class Scope implements Storage {
        private final String path;

        Scope(String path) {
            this.path = path;
        }

        @Override
        public void write(String file, long offset, Bytes data, Completion<Void> done) {
            issue(new Operation(StorageAction.WRITE, path, file, data.length(), done));
        }

        @Override
        public void sync(String file, Completion<Void> done) {
            issue(new Operation(StorageAction.SYNC, path, file, 0, done));
        }

        @Override
        public void read(String file, long offset, int length, Completion<Bytes> done) {
            issue(new Operation(StorageAction.READ, path, file, 0, done));
        }

        @Override
        public void truncate(String file, long length, Completion<Void> done) {
            issue(new Operation(StorageAction.TRUNCATE, path, file, 0, done));
        }

        @Override
        public void rename(String from, String to, Completion<Void> done) {
            issue(new Operation(StorageAction.RENAME, path, from, 0, done));
        }

        @Override
        public void delete(String file, Completion<Void> done) {
            issue(new Operation(StorageAction.DELETE, path, file, 0, done));
        }

        @Override
        public void list(Completion<List<FileStat>> done) {
            issue(new Operation(StorageAction.LIST, path, "", 0, done));
        }
    }

    private final class End extends NodeEvent {
        private final Operation operation;
        private final JournalItem.Completion completion;

        End(NodeKernel node, Operation operation, JournalItem.Completion completion) {
            super(node);
            this.operation = operation;
            this.completion = completion;
        }

        @Override
        public Kind kind() {
            return Kind.COMPLETE;
        }

        @Override
        public String subject() {
            return operation.toString();
        }

        @Override
        public long digest() {
            return operation.action.ordinal();
        }

        @Override
        @SuppressWarnings("unchecked")
        protected void happen() {
            operations--;
            bytes -= operation.dataBytes;
            ((Storage.Completion<Object>) operation.done).onComplete(completion.value(), completion.failure());
        }
    }
}
