package io.orrery.sim.network;

/** Hears of frames that will not arrive; nothing may come of it. */
public interface Losses {
    /** The frame of that number, or one copy of it, is lost. */
    void lost(long message, Loss why);
}
