package io.orrery.gossip.registry.disk;

/** Hears, in an event of its own, what became of a write on its way to the disk. */
@FunctionalInterface
public interface SaveCallback {
    /**
     * @param reason null if it is durable; else why it is not, and it is tried again
     */
    void onSaved(String reason);
}
