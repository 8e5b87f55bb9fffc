package io.orrery.gossip.owner;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The repairs under way: of each owner's rows, one question to one peer at a time, and a limit on all of them.
 *
 * <ul>
 *   <li>A1: an answer continues a repair at once; without one it may be begun again after a while, with another peer. The
 *       first question is waited for the shortest, each one more for twice as long, up to {@code fetchNanos}, and as long as
 *       that for the rest of this repair. So answers that are late, and not lost, are asked for {@value #DOUBLINGS} times too
 *       often in all.
 *   <li>A2: whoever finds no room comes again when there is some ({@link Leads}).
 *   <li>A3: what is said of an owner's rows is taken from the owner, and from the peer that was asked.
 *   <li>A4: of several answers to one question that was asked more than once, one is gone on from.
 *   <li>A5: who was out of sight and is back has lost what it was asked, or refused it; so has who tells its digests and has
 *       not answered for a while.
 *   <li>A6: whoever has not answered at all, asked twice, gives way to another that has the rows.
 * </ul>
 */
final class Repairs {
    /**
     * A question.
     *
     * @param fetches whether it asks for rows; else only for the owner's word on how far they are
     * @param asked how many times before
     * @param isOn whether anything has come of this repair
     * @param due answers that are still to come, if nothing was lost
     */
    private record Question(
            NodeId server, boolean fetches, long askedNanos, long deadlineNanos, int asked, boolean isOn, int due) {
        /** A5: may be asked again at once. */
        Question lost() {
            return new Question(server, fetches, askedNanos, askedNanos, 0, isOn, Math.max(1, due));
        }
    }

    private static final int DOUBLINGS = 4;

    private final OwnerLogConfig config;
    private final TreeMap<NodeId, Question> questions = new TreeMap<>();

    Repairs(OwnerLogConfig config) {
        this.config = config;
    }

    /** How long whoever asks waits before it asks again, or somebody else: a sixteenth of {@code fetchNanos}. */
    static long patienceNanos(OwnerLogConfig config) {
        return Math.max(1, config.fetchNanos() >> DOUBLINGS);
    }

    /** Whether the owner may be asked for its word now. */
    boolean maybeBeginAsking(NodeId owner, long nowNanos) {
        return maybeBegin(
                owner, new Question(owner, false, nowNanos, nowNanos + patienceNanos(config), 0, false, 0), nowNanos);
    }

    /** Whether {@code server} may be asked for the owner's rows now. */
    boolean maybeBeginFetching(NodeId owner, NodeId server, long nowNanos) {
        Question before = questions.get(owner);
        if (before != null && !before.fetches() && server.equals(owner)) {
            questions.remove(owner);
            before = null;
        }
        boolean again = before != null && before.fetches();
        int asked = again ? Math.min(DOUBLINGS, before.asked() + 1) : 0;
        int due = again && before.server().equals(server) ? before.due() + 1 : 1;
        long deadline = nowNanos + (patienceNanos(config) << asked);
        return maybeBegin(
                owner, new Question(server, true, nowNanos, deadline, asked, again && before.isOn(), due), nowNanos);
    }

    private boolean maybeBegin(NodeId owner, Question question, long nowNanos) {
        Question before = questions.get(owner);
        if (before != null && nowNanos < before.deadlineNanos() && !givesWay(before, question)) {
            return false;
        }
        if (before == null && questions.size() >= config.fetchesMax()) {
            dropExpired(nowNanos);
            if (questions.size() >= config.fetchesMax()) {
                return false;
            }
        }
        questions.put(owner, question);
        Check.that(questions.size() <= config.fetchesMax(), "repairs are bounded", questions.size());
        return true;
    }

    /** A6. */
    private boolean givesWay(Question before, Question question) {
        return before.fetches()
                && before.asked() > 0
                && !before.isOn()
                && !before.server().equals(question.server())
                && question.askedNanos() - before.askedNanos() >= patienceNanos(config);
    }

    /**
     * Who is to be asked next, having answered: null if others took the place of this repair meanwhile, or a further answer
     * is to come (A4).
     *
     * @param isOn whether the answer brought this repair on
     */
    NodeId maybeProceed(NodeId owner, boolean isOn, long nowNanos) {
        Question before = questions.get(owner);
        if (before == null || !before.fetches()) {
            return null;
        }
        boolean waits = !isOn && before.due() > 1;
        int asked = Math.max(1, before.asked());
        long deadline = waits ? before.deadlineNanos() : nowNanos + (patienceNanos(config) << asked);
        int due = waits ? before.due() - 1 : before.due();
        long askedNanos = waits ? before.askedNanos() : nowNanos;
        questions.put(
                owner, new Question(before.server(), true, askedNanos, deadline, asked, isOn || before.isOn(), due));
        Check.that(due > 0, "A4: whoever is asked has an answer to give", due);
        return waits ? null : before.server();
    }

    /** A5: what this peer was asked may be asked again. */
    void onBack(NodeId server) {
        for (Map.Entry<NodeId, Question> entry : questions.entrySet()) {
            Question asked = entry.getValue();
            boolean isOfIt = asked.server().equals(server) || entry.getKey().equals(server) && !asked.fetches();
            if (isOfIt) {
                entry.setValue(asked.lost());
            }
        }
    }

    /** A5: a peer told how far it has an owner's rows. */
    void onHeard(NodeId server, NodeId owner, long nowNanos) {
        Question asked = questions.get(owner);
        if (asked != null
                && asked.fetches()
                && asked.server().equals(server)
                && nowNanos - asked.askedNanos() >= patienceNanos(config)) {
            questions.put(owner, asked.lost());
        }
    }

    void end(NodeId owner) {
        questions.remove(owner);
    }

    boolean isUnderWay(NodeId owner) {
        return questions.containsKey(owner);
    }

    /** Whether rows of this owner are being fetched from anybody. */
    boolean isFetching(NodeId owner) {
        Question question = questions.get(owner);
        return question != null && question.fetches();
    }

    /** A3. */
    boolean isAsked(NodeId owner, NodeId server) {
        Question question = questions.get(owner);
        return question != null && question.fetches() && question.server().equals(server);
    }

    /** Whether a question of this owner's rows was not answered in time: the next goes to somebody else. */
    boolean isUnanswered(NodeId owner, long nowNanos) {
        Question question = questions.get(owner);
        return question != null && nowNanos >= question.deadlineNanos();
    }

    private void dropExpired(long nowNanos) {
        Iterator<Question> all = questions.values().iterator();
        while (all.hasNext()) {
            if (all.next().deadlineNanos() <= nowNanos) {
                all.remove();
            }
        }
    }
}
