package io.orrery.kernel.loop;

/** An event that is a piece of code: a deferred task, a storage completion, a call from outside. */
public final class TaskEvent extends NodeEvent {
    private final Kind kind;
    private final String subject;
    private final Runnable task;

    public TaskEvent(NodeKernel node, Kind kind, String subject, Runnable task) {
        super(node);
        this.kind = kind;
        this.subject = subject;
        this.task = task;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    protected void happen() {
        task.run();
    }
}
