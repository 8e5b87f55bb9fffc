package io.orrery.raft;

/** Hears how {@link RaftGroup#recover} ended, in a later event. */
@FunctionalInterface
public interface RecoveryCallback {
    /**
     * @param isDone whether the configuration was put in force; else nothing was changed
     * @param words what may be lost and what to do next, or why it was refused
     */
    void onRecovery(boolean isDone, String words);
}
