package io.orrery.raft.progress;

import io.orrery.kernel.Check;

/**
 * What a leader knows of one peer's log (Figure 2: nextIndex and matchIndex).
 *
 * <pre>
 *   PROBE      where the logs part is not known: one message at a time
 *      | acknowledged                    ^ refused, or a message was lost
 *      v                                 |
 *   REPLICATE  messages follow one another without waiting, within the limits of {@link Inflights}
 * </pre>
 *
 * <ul>
 *   <li>I1: match is at most what the peer has on stable storage.
 *   <li>I2: next is at least 1, and beyond match.
 * </ul>
 */
public final class Progress {
    /** How messages to the peer are paced. */
    public enum State {
        PROBE,
        REPLICATE
    }

    private final Inflights inflights;
    private State state = State.PROBE;
    private long match;
    private long next;
    private boolean probeUnderWay;
    private long heardNanos;
    private long commitSent;

    /**
     * @param next the first index to try
     * @param nowNanos when the leader begins to wait for the peer
     */
    public Progress(long next, long nowNanos, Inflights inflights) {
        this.next = next;
        this.heardNanos = nowNanos;
        this.inflights = inflights;
    }

    public State state() {
        return state;
    }

    /** Up to here the peer's log is equal to the leader's, and durable. */
    public long match() {
        return match;
    }

    /** The next index to send. */
    public long next() {
        return next;
    }

    public Inflights inflights() {
        return inflights;
    }

    /** When the peer last answered, by the leader's clock. */
    public long heardNanos() {
        return heardNanos;
    }

    public void onHeard(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** The highest commit index the peer was told of. */
    public long commitSent() {
        return commitSent;
    }

    public void onCommitSent(long commitIndex) {
        commitSent = Math.max(commitSent, commitIndex);
    }

    /** Whether entries must wait for an answer. */
    public boolean isPaused() {
        return state == State.PROBE ? probeUnderWay : inflights.isFull();
    }

    /** A message was sent with entries up to {@code lastIndex}, or without any. */
    public void onSent(long lastIndex, int bytes) {
        if (state == State.PROBE) {
            probeUnderWay = true;
        } else if (lastIndex >= next) {
            inflights.add(lastIndex, bytes);
            next = lastIndex + 1;
        }
    }

    /**
     * The peer has what was sent up to {@code received}, of which it has {@code durable} on stable storage.
     *
     * @return whether match rose
     */
    public boolean maybeAcknowledge(long received, long durable) {
        Check.that(durable <= received, "a peer holds what it has stored", durable, received);
        boolean rises = durable > match;
        match = Math.max(match, durable);
        if (state == State.PROBE) {
            state = State.REPLICATE;
            probeUnderWay = false;
            inflights.clear();
            next = Math.max(match, received) + 1;
        } else {
            inflights.freeTo(durable);
            next = Math.max(next, received + 1);
        }
        Check.that(next > match, "I2: next is beyond match", next, match);
        return rises;
    }

    /**
     * The peer refused a message that built on the entry at {@code refused}; its log can match at most up to {@code hint}.
     *
     * @return whether that is news: an answer to a probe that is not under way any more is not
     */
    public boolean maybeRefuse(long refused, long hint) {
        Check.that(hint >= 0 && hint < refused, "a refusal leads back", hint, refused);
        if (state == State.PROBE && refused != next - 1) {
            return false;
        }
        // A peer whose log is shorter than what it acknowledged has lost it; count it no longer.
        match = Math.min(match, hint);
        becomeProbe(hint + 1);
        return true;
    }

    /** A message may be lost: begin again behind what is acknowledged. */
    public void onLost() {
        becomeProbe(match + 1);
    }

    private void becomeProbe(long from) {
        state = State.PROBE;
        next = from;
        probeUnderWay = false;
        inflights.clear();
        Check.that(next > match, "I2: next is beyond match", next, match);
    }
}
