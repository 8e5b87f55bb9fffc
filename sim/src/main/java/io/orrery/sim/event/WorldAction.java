package io.orrery.sim.event;

/** A piece of code as an event of the world. */
public final class WorldAction extends WorldEvent {
    private final Runnable action;

    public WorldAction(Runnable action) {
        this.action = action;
    }

    @Override
    public void happen(long sequence) {
        action.run();
    }
}
