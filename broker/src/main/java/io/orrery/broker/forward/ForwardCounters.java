package io.orrery.broker.forward;

/** What a node's links and its inbox did, since boot. Written by the node's thread alone. */
public final class ForwardCounters {
    long sent;
    long resent;
    long acknowledged;
    long droppedFull;
    long droppedDead;
    long strayAcks;
    long received;
    long duplicates;
    long gaps;
    long stale;
    long expired;

    /** Messages sent, each counted once. */
    public long sent() {
        return sent;
    }

    /** Messages sent again. */
    public long resent() {
        return resent;
    }

    public long acknowledged() {
        return acknowledged;
    }

    /** QoS 0 messages dropped because a link was full. */
    public long droppedFull() {
        return droppedFull;
    }

    /** Messages dropped because their node was declared dead, left, or started again. */
    public long droppedDead() {
        return droppedDead;
    }

    /** Acknowledgements of what was never sent, or of a link that has ended. */
    public long strayAcks() {
        return strayAcks;
    }

    /** Messages taken from peers. */
    public long received() {
        return received;
    }

    /** Messages of peers that had been taken before. */
    public long duplicates() {
        return duplicates;
    }

    /** Messages of peers that came before one they must follow; they come again. */
    public long gaps() {
        return gaps;
    }

    /** Messages of links that have ended, or for an earlier life of this node. */
    public long stale() {
        return stale;
    }

    /** Messages of peers whose expiry had passed. */
    public long expired() {
        return expired;
    }

    /** Counts a QoS 0 message that found a link full. */
    public void countDroppedFull() {
        droppedFull++;
    }
}
