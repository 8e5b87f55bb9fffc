package io.orrery.kernel.loop;

import io.orrery.kernel.Check;

/**
 * What a scope deferred. Nodes defer all the time, and seldom more than a few tasks at once: one event serves for one task
 * after another, and between two of them it waits with its node.
 *
 * <ul>
 *   <li>I1: an event that waits for its next task is on no queue.
 * </ul>
 */
final class DeferredEvent extends NodeEvent {
    private String scope;
    private Runnable task;

    DeferredEvent(NodeKernel node) {
        super(node);
    }

    void load(String newScope, Runnable newTask) {
        Check.that(task == null, "I1: an event is queued for one task at a time");
        scope = newScope;
        task = newTask;
    }

    @Override
    public Kind kind() {
        return Kind.DEFERRED;
    }

    @Override
    public String subject() {
        return scope;
    }

    @Override
    protected void happen() {
        Check.that(task != null, "I1: a deferred task runs once");
        task.run();
        task = null;
        node.onDone(this);
    }
}
