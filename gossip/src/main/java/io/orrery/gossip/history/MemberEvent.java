package io.orrery.gossip.history;

import io.orrery.gossip.Incarnation;
import io.orrery.kernel.NodeId;

/**
 * Something that befell a member, as this node learnt of it.
 *
 * @param atNanos this node's monotonic clock
 * @param wallMillis this node's wall clock
 * @param incarnation of the member, from then on
 * @param by who did it: the accuser, the confirmer, who declared it dead; the member itself where it spoke for itself
 * @param from who told us: this node itself for what it found out, else the peer whose message it was
 * @param afterNanos how long what this ended had lasted: the suspicion for REFUTED, CLEARED and DIED, the absence for RETURNED
 *     and REAPED; else 0
 */
public record MemberEvent(
        NodeId member,
        long atNanos,
        long wallMillis,
        Kind kind,
        Incarnation incarnation,
        NodeId by,
        NodeId from,
        long afterNanos) {
    /** What befell it. */
    public enum Kind {
        /** This node heard of it for the first time, as live. */
        LEARNT("learnt of"),
        /** The first that this node heard of it was that it is gone. */
        LEARNT_GONE("learnt that it is gone"),
        /** It became a suspect. */
        SUSPECTED("suspected"),
        /** A further member accused it, which shortened its suspicion. */
        CONFIRMED("accused as well"),
        /** A suspect said in time that it lives. */
        REFUTED("refuted"),
        /** A suspicion, or a whole absence, ended in a life that began after it: the member restarted. */
        RESTARTED("restarted"),
        /** A suspicion ran out. */
        DIED("declared dead"),
        /** It said that it leaves. */
        LEFT("left"),
        /** It had been dead or gone, and lives as it was. */
        RETURNED("returned"),
        /** Its address or metadata changed, or it refuted what we had not heard of. */
        UPDATED("updated"),
        /** It was removed for good, after its time. */
        REAPED("removed for good");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        boolean isAccusation() {
            return this == SUSPECTED || this == DIED;
        }

        /** In words, as in "suspected by n2". */
        public String text() {
            return text;
        }
    }

    /** In a few words: what, by whom, after how long, and who said so: "declared dead by n2 after 4000 ms, told by n4". */
    public String text() {
        StringBuilder text = new StringBuilder(kind.text());
        if (!by.equals(member)) {
            text.append(" by ").append(by);
        }
        if (afterNanos > 0) {
            text.append(" after ").append(afterNanos / 1_000_000L).append(" ms");
        }
        if (!from.equals(by)) {
            text.append(", told by ").append(from);
        }
        return text.toString();
    }
}
