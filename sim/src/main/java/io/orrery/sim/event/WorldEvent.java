package io.orrery.sim.event;

/** Something that happens to the world rather than to one node: an arrival, a fault, a workload's action. */
public abstract class WorldEvent {
    /**
     * The event itself.
     *
     * @param sequence the queue entry's, which tells an entry still meant from one given up
     */
    public abstract void happen(long sequence);
}
