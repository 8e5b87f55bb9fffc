package io.orrery.raft.read;

import io.orrery.kernel.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The reads that wait on one replica.
 *
 * <pre>
 *   WAITING   nobody was asked yet
 *      |  ^
 *      v  | the leader is lost
 *   ASKED     with a ticket: of a leader's round, or of a follower's request
 *      |
 *      v
 *   INDEXED   answered as soon as the replica has applied so far
 * </pre>
 *
 * <ul>
 *   <li>I1: a read is in one of the three, and leaves once.
 *   <li>I2: tickets and indexes rise along their queues.
 * </ul>
 */
public final class ReadQueue {
    private final int waitingMax;
    private final ArrayDeque<WaitingRead> waiting = new ArrayDeque<>();
    private final ArrayDeque<WaitingRead> asked = new ArrayDeque<>();
    private final ArrayDeque<WaitingRead> indexed = new ArrayDeque<>();

    public ReadQueue(int waitingMax) {
        this.waitingMax = waitingMax;
    }

    public int size() {
        return waiting.size() + asked.size() + indexed.size();
    }

    public boolean isFull() {
        return size() >= waitingMax;
    }

    public void add(WaitingRead read) {
        Check.that(!isFull(), "no more reads wait than may", size());
        waiting.addLast(read);
    }

    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    public boolean hasAsked() {
        return !asked.isEmpty();
    }

    /** The ticket of the reads that were asked for last; 0 if none is. */
    public long lastTicket() {
        return asked.isEmpty() ? 0 : asked.peekLast().ticket();
    }

    /** Reads of which nobody was asked yet. */
    public int waitingCount() {
        return waiting.size();
    }

    /** Whether any that waits may be answered by a lease. */
    public boolean waitsForLease() {
        return waiting.stream().anyMatch(read -> read.kind() == ReadKind.LEASE);
    }

    /** Whether all that wait may be answered by a lease. */
    public boolean waitsForLeasesOnly() {
        return waiting.stream().allMatch(read -> read.kind() == ReadKind.LEASE);
    }

    /**
     * All that wait are asked for now.
     *
     * @param index they need at least this; 0 if that is not known yet
     */
    public void ask(long ticket, long index) {
        Check.that(ticket > lastTicket(), "I2: tickets rise", ticket, lastTicket());
        while (!waiting.isEmpty()) {
            WaitingRead read = waiting.removeFirst();
            read.ask(ticket, index);
            asked.addLast(read);
        }
    }

    /**
     * Those of a ticket up to this have their index: the one they were asked with, or a larger one.
     *
     * @return those of followers, to be answered at once
     */
    public List<WaitingRead> confirm(long ticket, long indexMin) {
        List<WaitingRead> ofPeers = new ArrayList<>();
        while (!asked.isEmpty() && asked.peekFirst().ticket() <= ticket) {
            WaitingRead read = asked.removeFirst();
            place(read, Math.max(read.index(), indexMin), ofPeers);
        }
        return ofPeers;
    }

    /**
     * Those that wait and may be answered by a lease have their index.
     *
     * @return those of followers, to be answered at once
     */
    public List<WaitingRead> confirmLeases(long index) {
        List<WaitingRead> ofPeers = new ArrayList<>();
        for (WaitingRead read : take(waiting, read -> read.kind() == ReadKind.LEASE)) {
            place(read, index, ofPeers);
        }
        return ofPeers;
    }

    /** A read that was confirmed later waits for no less than those before it: so one look at the first suffices. */
    private void place(WaitingRead read, long index, List<WaitingRead> ofPeers) {
        if (read.isForPeer()) {
            read.raiseIndex(index);
            ofPeers.add(read);
        } else {
            read.raiseIndex(
                    indexed.isEmpty()
                            ? index
                            : Math.max(index, indexed.peekLast().index()));
            indexed.addLast(read);
        }
    }

    /** Takes the next read for which this much applied is enough; null if there is none. */
    public WaitingRead takeReady(long appliedIndex) {
        WaitingRead first = indexed.peekFirst();
        return first != null && first.index() <= appliedIndex ? indexed.removeFirst() : null;
    }

    /** Who was asked leads no more, or is not followed any more: its answer, if it comes, is to be ignored. */
    public void askAgain() {
        while (!asked.isEmpty()) {
            WaitingRead read = asked.removeLast();
            read.ask(0, 0);
            waiting.addFirst(read);
        }
    }

    /** Takes those that were asked for. */
    public List<WaitingRead> takeAsked() {
        return take(asked, read -> true);
    }

    /** Takes those that followers asked for and that have no index. */
    public List<WaitingRead> takeForPeers() {
        List<WaitingRead> taken = take(asked, WaitingRead::isForPeer);
        taken.addAll(take(waiting, WaitingRead::isForPeer));
        return taken;
    }

    /** Takes those whose time is up. */
    public List<WaitingRead> takeExpired(long nowNanos) {
        List<WaitingRead> taken = take(indexed, read -> read.deadlineNanos() <= nowNanos);
        taken.addAll(take(asked, read -> read.deadlineNanos() <= nowNanos));
        taken.addAll(take(waiting, read -> read.deadlineNanos() <= nowNanos));
        return taken;
    }

    private interface Choice {
        boolean takes(WaitingRead read);
    }

    private static List<WaitingRead> take(ArrayDeque<WaitingRead> from, Choice choice) {
        List<WaitingRead> taken = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            WaitingRead read = from.removeFirst();
            if (choice.takes(read)) {
                taken.add(read);
            } else {
                from.addLast(read);
            }
        }
        return taken;
    }
}
