package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Entry;
import java.util.ArrayDeque;

/**
 * The proposals that a leader has accepted and not yet answered, and the answers on their way to the proposers.
 *
 * <ul>
 *   <li>I1: pending proposals have rising indexes, all beyond what is applied.
 *   <li>I2: every proposal is answered once, in a later event than the one it was made in.
 *   <li>I3: what is held while leadership is handed over, or until more have come ({@link Gathering}), is not in the log, and
 *       counts against the limits.
 * </ul>
 */
final class Proposals implements Applier.Listener {
    private record Held(Bytes command, long tag, Proposal.Listener listener) {}

    private final Replica replica;
    private final RaftConfig.Limits limits;
    private final RaftCounters counters;
    private final Pending pending = new Pending();
    private final Answers answers;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final Gathering gathering;
    private Leadership heldBy;
    private long heldBytes;

    Proposals(Replica replica) {
        this.replica = replica;
        this.limits = replica.config.limits();
        this.counters = replica.counters;
        this.answers = new Answers(replica);
        this.gathering = new Gathering(replica, this::onGathered);
    }

    /**
     * Puts a command into the leader's log, or refuses it.
     *
     * @param leadership null if this replica does not lead
     * @param hint who may
     */
    boolean maybeAppend(Bytes command, Leadership leadership, NodeId hint, long tag, Proposal.Listener done) {
        Check.argument(command.length() <= limits.commandBytesMax(), "a command is within its limit");
        if (leadership == null) {
            answer(tag, done, Proposal.Status.NOT_LEADER, hint);
            return false;
        }
        if (isFull(command.length()) || replica.objectionToCommands() != null) {
            counters.overloaded++;
            replica.reached(RaftMarks.OVERLOADED);
            answer(tag, done, Proposal.Status.OVERLOADED, null);
            return false;
        }
        if (leadership.transfer().isUnderWay()) {
            replica.reached(MembershipMarks.PROPOSAL_HELD);
            hold(command, leadership, tag, done);
            return false;
        }
        if (gathering.maybeHold(pending.count(), held.size())) {
            hold(command, leadership, tag, done);
            return false;
        }
        add(replica.append(Entry.Kind.COMMAND, command), tag, done);
        gathering.onAppended(pending.count());
        return true;
    }

    /** Keeps the command out of the log until it is known who leads, or until others have come. */
    private void hold(Bytes command, Leadership leadership, long tag, Proposal.Listener done) {
        heldBy = leadership;
        Bytes own = Bytes.copyOf(command.array(), command.offset(), command.length());
        held.addLast(new Held(own, tag, done));
        heldBytes += command.length() + Entry.OVERHEAD_BYTES;
    }

    private void onGathered() {
        if (!held.isEmpty() && !heldBy.transfer().isUnderWay()) {
            resume();
            replica.queueReplication();
        }
    }

    /** The leader goes on to lead, or the others have come: what was held goes into its log. */
    void resume() {
        while (!held.isEmpty()) {
            Held next = held.removeFirst();
            add(replica.append(Entry.Kind.COMMAND, next.command), next.tag, next.listener);
        }
        heldBytes = 0;
        gathering.onReleased();
        gathering.onAppended(pending.count());
    }

    /** The replica leads no more: nothing happened to what was held, and {@code hint} may lead. */
    void refuseHeld(NodeId hint) {
        while (!held.isEmpty()) {
            Held next = held.removeFirst();
            answer(next.tag, next.listener, Proposal.Status.NOT_LEADER, hint);
        }
        heldBytes = 0;
        gathering.onReleased();
    }

    /** Somebody else put the entry into the leader's log; hears of its end as of a command's. */
    void add(long index, long tag, Proposal.Listener listener) {
        pending.add(index, replica.log.sizeBytes(index), tag, listener);
    }

    /** See {@link Glance}. */
    long look() {
        return pending.look();
    }

    private boolean isFull(int bytes) {
        return pending.count() + held.size() >= limits.pendingProposalsMax()
                || pending.bytes() + heldBytes + bytes + Entry.OVERHEAD_BYTES > limits.pendingBytesMax();
    }

    @Override
    public void onApplied(long index, Bytes result) {
        if (pending.isEmpty() || pending.firstIndex() > index) {
            return;
        }
        long first = pending.firstIndex();
        Check.that(first == index, "I1: pending proposals are beyond what is applied", first, index);
        counters.committed++;
        answers.addCommitted(pending.firstTag(), pending.removeFirst(), index, result);
        if (pending.isEmpty()) {
            gathering.onAllAnswered(held.size());
        }
    }

    /** The replica leads no more: of what is not committed it cannot know the end. The rest is answered when applied. */
    void abandonBeyond(long commitIndex) {
        while (!pending.isEmpty() && pending.lastIndex() > commitIndex) {
            counters.unknown++;
            replica.reached(RaftMarks.OUTCOME_UNKNOWN);
            answer(pending.lastTag(), pending.removeLast(), Proposal.Status.UNKNOWN, null);
        }
    }

    /** A snapshot has taken the place of these entries: how they ended it does not tell. */
    void abandonThrough(long index) {
        while (!pending.isEmpty() && pending.firstIndex() <= index) {
            counters.unknown++;
            replica.reached(RaftMarks.OUTCOME_UNKNOWN);
            answer(pending.firstTag(), pending.removeFirst(), Proposal.Status.UNKNOWN, null);
        }
    }

    /** Tells the end of a proposal that was not committed, in a later event. */
    void answer(long tag, Proposal.Listener listener, Proposal.Status status, NodeId hint) {
        answers.add(tag, listener, status, hint);
    }
}
