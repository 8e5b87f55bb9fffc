package io.orrery.kernel.loop;

/** Something that happens to one incarnation of one node. */
public abstract class NodeEvent {
    /** What an event is, for traces. */
    public enum Kind {
        START,
        DELIVER,
        EXPIRE,
        COMPLETE,
        DEFERRED,
        OUTSIDE
    }

    final NodeKernel node;

    protected NodeEvent(NodeKernel node) {
        this.node = node;
    }

    public final NodeKernel node() {
        return node;
    }

    public abstract Kind kind();

    /** What the event is about: the timer's name, the file, the scope. For people; not hashed. */
    public abstract String subject();

    /** A number that tells this event from another of its kind in the trace hash. */
    public long digest() {
        return 0;
    }

    /**
     * Whether a queue entry that came due stands for an event. False for a timer that was stopped or put off meanwhile
     * (it queues itself anew): such an entry is skipped without a trace.
     */
    public boolean ripen(long sequence) {
        return true;
    }

    /**
     * Whether a queue entry that came due stands for nothing any more, and may be dropped whatever its node is doing: for a
     * timer that was stopped. Most timers are, so this is asked before anything of the node is looked at.
     */
    public boolean isVoid(long sequence) {
        return false;
    }

    /** The event itself; called by {@link NodeKernel#run}. */
    protected abstract void happen();
}
