package io.orrery.gossip.registry;

/**
 * What became of a write.
 *
 * @param reason for people; empty if it is done, or changed nothing
 */
public record WriteOutcome(Kind kind, String reason) {
    /** How it ended. */
    public enum Kind {
        /** It stands here and is durable here; others hear of it, and a documented rule may override it. */
        DONE,
        /** It was so already. */
        UNCHANGED,
        /** It stands here and others hear of it, but this node's disk has not taken it: a crash may lose it. */
        UNSAVED,
        /** Nothing was changed. */
        REFUSED
    }

    /** Hears of it, once, in an event of its own. */
    @FunctionalInterface
    public interface Callback {
        void onWritten(WriteOutcome outcome);
    }

    static WriteOutcome done() {
        return new WriteOutcome(Kind.DONE, "");
    }

    static WriteOutcome unchanged() {
        return new WriteOutcome(Kind.UNCHANGED, "");
    }

    static WriteOutcome unsaved(String reason) {
        return new WriteOutcome(Kind.UNSAVED, reason);
    }

    static WriteOutcome refused(String reason) {
        return new WriteOutcome(Kind.REFUSED, reason);
    }
}
