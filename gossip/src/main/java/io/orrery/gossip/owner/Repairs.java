package io.orrery.gossip.owner;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Iterator;
import java.util.TreeMap;

/**
 * The repairs under way: of each owner's rows, one question to one peer at a time, and a limit on all of them.
 *
 * <ul>
 *   <li>A1: an answer continues a repair at once; without one it may be begun again after a while, with another peer.
 *   <li>A2: whoever finds no room comes again with a later digest.
 *   <li>A3: what is said of an owner's rows is taken from the owner, and from the peer that was asked.
 * </ul>
 */
final class Repairs {
    /**
     * A question.
     *
     * @param fetches whether it asks for rows; else only for the owner's word on how far they are
     */
    private record Question(NodeId server, boolean fetches, long deadlineNanos) {}

    private final OwnerLogConfig config;
    private final TreeMap<NodeId, Question> questions = new TreeMap<>();

    Repairs(OwnerLogConfig config) {
        this.config = config;
    }

    /** Whether the owner may be asked for its word now. */
    boolean maybeBeginAsking(NodeId owner, long nowNanos) {
        return maybeBegin(owner, new Question(owner, false, nowNanos + config.fetchNanos()), nowNanos);
    }

    /** Whether {@code server} may be asked for the owner's rows now. */
    boolean maybeBeginFetching(NodeId owner, NodeId server, long nowNanos) {
        Question before = questions.get(owner);
        if (before != null && !before.fetches() && server.equals(owner)) {
            questions.remove(owner);
        }
        return maybeBegin(owner, new Question(server, true, nowNanos + config.fetchNanos()), nowNanos);
    }

    private boolean maybeBegin(NodeId owner, Question question, long nowNanos) {
        Question before = questions.get(owner);
        if (before != null && nowNanos < before.deadlineNanos()) {
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

    /** Who is to be asked next, having answered: null if others took the place of this repair meanwhile. */
    NodeId maybeProceed(NodeId owner, long nowNanos) {
        Question before = questions.get(owner);
        if (before == null || !before.fetches()) {
            return null;
        }
        questions.put(owner, new Question(before.server(), true, nowNanos + config.fetchNanos()));
        return before.server();
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
