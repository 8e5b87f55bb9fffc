package io.orrery.gossip.check;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.TreeSet;

/**
 * What one node holds of one owner, and what of it was found right: W1 to W3 of {@link OwnerLogInvariants}.
 *
 * <p>A set of rows does not change without its sequence, its cursor, or its count and hash, and a history never changes what it
 * says of a sequence: so what was compared once at these is not compared again.
 */
final class HeldRows {
    private static final long NEVER = Long.MIN_VALUE;

    private final NodeId owner;
    private long staleSinceNanos = NEVER;
    private long asideSinceNanos = NEVER;
    /** The digest, and the history that knew it to be right. */
    private OwnerDigest rightDigest;

    private RowHistory rightBy;
    /** At what the rows were compared one by one. */
    private RowHistory comparedWith;

    private OwnerDigest comparedDigest;
    private long comparedSequence;
    private Bytes comparedCursor;

    HeldRows(NodeId owner) {
        this.owner = owner;
    }

    /** W1, W3. */
    void checkRows(NodeId node, OwnerLog log, RowHistory history, boolean deep) {
        OwnerDigest held = log.digest(owner);
        if (held != null && (held != rightDigest || history != rightBy)) {
            OwnerDigest truth = history.digest(held.sequence());
            if (truth != null && !truth.equals(held)) {
                throw new Check.Violation("W1: " + node + " holds " + held + " where the owner had " + truth);
            }
            rightDigest = truth == null ? null : held;
            rightBy = history;
        }
        boolean isDue = deep || held == null;
        if (isDue && history.isWhole() && log.sequence(owner) <= history.sequence()) {
            maybeCompare(node, log, history, held);
        }
    }

    private void maybeCompare(NodeId node, OwnerLog log, RowHistory history, OwnerDigest held) {
        long sequence = log.sequence(owner);
        Bytes cursor = log.cursor(owner);
        boolean isDone = comparedWith == history
                && comparedDigest == held
                && comparedSequence == sequence
                && comparedCursor == cursor;
        if (isDone) {
            return;
        }
        TreeSet<Bytes> rows = new TreeSet<>();
        for (Bytes row : log.allRows(owner)) {
            if (RowHistory.isUpTo(row, cursor)) {
                rows.add(row);
            }
        }
        if (!history.isExactly(rows, sequence, cursor)) {
            throw new Check.Violation((cursor == null ? "W1: " : "W3: ") + node + " holds other rows of " + owner
                    + " at sequence " + sequence + " than the owner had, up to " + cursor);
        }
        comparedWith = history;
        comparedDigest = held;
        comparedSequence = sequence;
        comparedCursor = cursor;
    }

    /** W2. */
    void checkLife(NodeId node, OwnerLog log, Membership membership, long nowNanos) {
        Member member = membership.member(owner);
        boolean isAside = log.isAside(owner);
        boolean ofThisLife = member != null && member.incarnation().generation() == log.generation(owner);
        boolean inSight = !isAside && ofThisLife && member.isLive();
        boolean inGrace = isAside && ofThisLife && member.state() == MemberState.DEAD;
        asideSinceNanos = since(asideSinceNanos, isAside, nowNanos);
        // A node that was paused is overdue when it wakes, and not yet at fault.
        boolean isOverdue = isAside && nowNanos - asideSinceNanos > asideNanosMax(log);
        staleSinceNanos = since(staleSinceNanos, isOverdue || !inSight && !inGrace, nowNanos);
        if (staleSinceNanos != NEVER && nowNanos - staleSinceNanos > OwnerLogInvariants.TOLERANCE_NANOS) {
            throw new Check.Violation(
                    "W2: " + node + " still holds rows of generation " + log.generation(owner) + " of " + owner
                            + (isAside ? " aside" : "") + ", which is " + (member == null ? "no member" : member));
        }
    }

    private static long asideNanosMax(OwnerLog log) {
        return log.config().graceNanos() + OwnerLogInvariants.TOLERANCE_NANOS;
    }

    private static long since(long sinceNanos, boolean now, long nowNanos) {
        return !now ? NEVER : sinceNanos == NEVER ? nowNanos : sinceNanos;
    }

    /** After when {@link #checkLife} may say something else though nothing has changed; the end of time if never. */
    long dueNanos(OwnerLog log) {
        if (staleSinceNanos != NEVER) {
            return staleSinceNanos + OwnerLogInvariants.TOLERANCE_NANOS;
        }
        return asideSinceNanos == NEVER ? Long.MAX_VALUE : asideSinceNanos + asideNanosMax(log);
    }
}
