package io.orrery.kernel.host;

import io.orrery.kernel.Storage.Completion;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.StorageAction;

/** A storage operation on its way to the disk, and, with its result, the event of its completion on the way back. */
final class DiskOperation extends NodeEvent {
    final StorageAction action;
    final String scope;
    final String file;
    /** Where a write or read starts, or the length to truncate to. */
    final long offset;
    /** How much to read. */
    final int length;

    private final FileStorage storage;
    private final Completion<?> done;
    private Object argument;
    private Object value;
    private Failure failure;

    DiskOperation(
            NodeKernel node,
            FileStorage storage,
            StorageAction action,
            String scope,
            String file,
            long offset,
            int length,
            Object argument,
            Completion<?> done) {
        super(node);
        this.storage = storage;
        this.action = action;
        this.scope = scope;
        this.file = file;
        this.offset = offset;
        this.length = length;
        this.argument = argument;
        this.done = done;
    }

    /** What to write. */
    Bytes data() {
        return (Bytes) argument;
    }

    /** The new name. */
    String renamedTo() {
        return (String) argument;
    }

    int dataBytes() {
        return action == StorageAction.WRITE ? data().length() : 0;
    }

    void succeed(Object result) {
        value = result;
    }

    void fail(Failure why) {
        failure = why;
    }

    /** What the operation yielded; null for those without a result, and after a failure. */
    Object value() {
        return failure == null ? value : null;
    }

    /** Why it failed, or null. */
    Failure failure() {
        return failure;
    }

    boolean hasFailed() {
        return failure != null;
    }

    @Override
    public Kind kind() {
        return Kind.COMPLETE;
    }

    @Override
    public String subject() {
        return scope.isEmpty() ? file : scope + "/" + file;
    }

    @Override
    public long digest() {
        return action.ordinal();
    }

    @Override
    @SuppressWarnings("unchecked")
    protected void happen() {
        storage.over(this);
        argument = null;
        ((Completion<Object>) done).onComplete(failure == null ? value : null, failure);
    }
}
