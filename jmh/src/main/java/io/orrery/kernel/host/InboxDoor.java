package io.orrery.kernel.host;

import io.orrery.kernel.loop.NodeEvent;

/** An inbox with the default limits. */
public final class InboxDoor {
    private final Inbox inbox;

    public InboxDoor() {
        HostConfig config = new HostConfig();
        inbox = new Inbox(config.inboxItemsMax(), config.inboxBytesMax(), config.storageOperationsMax() + 1);
    }

    /** Any thread; false if there is no room. */
    public boolean offer(NodeEvent event, int bytes) {
        return inbox.offer(event, bytes);
    }

    /** The node's thread; null if there is nothing. */
    public NodeEvent poll() {
        return inbox.poll();
    }

    /** Gives back the bytes of what was polled. */
    public void release(long bytes) {
        inbox.release(bytes);
    }
}
