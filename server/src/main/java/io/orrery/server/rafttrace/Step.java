package io.orrery.server.rafttrace;

import java.util.Locale;

/** What a line of a trace says that a replica did. */
public enum Step {
    /** Its log was recovered after a boot; the state is what the disk had. */
    RECOVER,
    /** A founder without a log writes the group's first entry. */
    BOOTSTRAP,
    /** It follows: in a later term, or because its candidacy or leadership ended, or a leader was heard. */
    BECOME_FOLLOWER,
    /** It asks who would vote for it. */
    BECOME_PRE_CANDIDATE,
    /** It enters the next term and votes for itself. */
    BECOME_CANDIDATE,
    /** It was elected. */
    BECOME_LEADER,
    /** It gives its vote of the term to another; told later, when it is durable. */
    VOTE,
    /** It cuts its log off from {@code index} on. */
    TRUNCATE,
    /** It appends {@code entries}, the first at {@code index}: a leader one of its own, a follower those of a message. */
    APPEND,
    /** A follower's log was shown to be equal to its leader's up to {@code index}, without an append. */
    MATCH,
    /** More of its log, its term or its vote is on stable storage. */
    DURABLE,
    /** Its commit index rises to {@code index}. */
    COMMIT,
    /** It forgets the entries up to {@code index}, for which a snapshot stands. */
    COMPACT,
    /** It puts a snapshot in place that it fetched: all up to {@code index} is committed, and in place of its log if that differs. */
    INSTALL,
    /** It sends {@code message}. */
    SEND,
    /** It is handed {@code message}. */
    RECEIVE,
    /** It loses all that its disk does not have. */
    CRASH;

    /** As traces have it: lower case, with hyphens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
