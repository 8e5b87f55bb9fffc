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
 *
 *   SNAPSHOT   from either, when the entries that the peer needs are compacted: it is offered a snapshot, again and again, and
 *              no entries, until it acknowledges what leads on to entries that there are
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
        REPLICATE,
        SNAPSHOT
    }

    private final Inflights inflights;
    private State state = State.PROBE;
    private long match;
    private long next;
    private boolean probeUnderWay;
    private long heardNanos;
    private long commitSent;
    private long snapshotIndex;

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
        return state == State.SNAPSHOT || (state == State.PROBE ? probeUnderWay : inflights.isFull());
    }

    /** A message was sent with entries up to {@code lastIndex}, or without any. */
    public void onSent(long lastIndex, int bytes) {
        if (state == State.PROBE) {
            probeUnderWay = true;
        } else if (state == State.REPLICATE && lastIndex >= next) {
            inflights.add(lastIndex, bytes);
            next = lastIndex + 1;
        }
    }

    /**
     * The peer is offered a snapshot, since what it needs is compacted. It is not counted as having any of it before it says so.
     *
     * @return whether that is news: it was not offered this one before
     */
    public boolean maybeOffer(long index) {
        boolean isNews = state != State.SNAPSHOT || snapshotIndex != index;
        state = State.SNAPSHOT;
        snapshotIndex = index;
        probeUnderWay = false;
        inflights.clear();
        return isNews;
    }

    /**
     * The peer has what was sent up to {@code received}, of which it has {@code durable} on stable storage.
     *
     * @param compacted up to where this log is compacted: what leads on from there ends {@link State#SNAPSHOT}
     * @return whether match rose
     */
    public boolean maybeAcknowledge(long received, long durable, long compacted) {
        if (state == State.SNAPSHOT && received >= compacted) {
            becomeProbe(match + 1);
        }
        return maybeAcknowledge(received, durable);
    }

    /** As {@link #maybeAcknowledge(long, long, long)}, where nothing is compacted. */
    public boolean maybeAcknowledge(long received, long durable) {
        Check.that(durable <= received, "a peer holds what it has stored", durable, received);
        boolean rises = durable > match;
        match = Math.max(match, durable);
        if (state == State.SNAPSHOT) {
            next = Math.max(next, match + 1);
        } else if (state == State.PROBE) {
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
        if (state == State.SNAPSHOT || state == State.PROBE && refused != next - 1) {
            return false;
        }
        // A peer whose log is shorter than what it acknowledged has lost it; count it no longer.
        match = Math.min(match, hint);
        becomeProbe(hint + 1);
        return true;
    }

    /** A message may be lost: begin again behind what is acknowledged. */
    public void onLost() {
        if (state != State.SNAPSHOT) {
            becomeProbe(match + 1);
        }
    }

    private void becomeProbe(long from) {
        state = State.PROBE;
        next = from;
        probeUnderWay = false;
        inflights.clear();
        Check.that(next > match, "I2: next is beyond match", next, match);
    }
}
