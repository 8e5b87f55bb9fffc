package io.orrery.server.view;

/**
 * A node as it answered when it was asked last.
 *
 * @param api where it was asked; empty if nobody knows where it answers
 * @param view what it said last, or null if it never did; of before {@code silentMillis} while it does not answer
 * @param trouble why it does not answer: a word or two; empty if it does
 * @param silentMillis for how long it has not answered
 */
public record Observed(String node, String api, NodeView view, String trouble, long silentMillis) {
    /** The trouble of a node under whose address another one answers begins so. */
    static final String ANOTHER = "another node is there, ";

    /** Whether what it says can be compared. */
    public boolean answers() {
        return trouble.isEmpty() && view != null;
    }
}
