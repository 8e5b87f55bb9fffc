package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.SnapshotMessage;
import io.orrery.raft.message.VoteReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trace without what can be no news to a checker for which a message once sent may be received at any time: heartbeats and
 * acknowledgements that repeat one of the same life of the sender, receptions that change nothing by themselves, and how the
 * slices of a snapshot travel. Whatever
 * a replica does about a message stays, with the message as its cause.
 */
public final class TraceNews {
    private record Saying(NodeId from, NodeId to, RaftMessage body) {}

    private final Map<Saying, TraceMessage> said = new HashMap<>();
    private final Map<Long, TraceMessage> repeats = new HashMap<>();
    private final Set<Saying> counted = new HashSet<>();
    private final List<TraceLine> news = new ArrayList<>();

    private TraceNews() {}

    /** Of a trace, its news. */
    public static List<TraceLine> of(List<TraceLine> lines) {
        TraceNews filter = new TraceNews();
        lines.forEach(filter::take);
        return filter.news;
    }

    private void take(TraceLine line) {
        if (line.message() != null && line.message().body() instanceof SnapshotMessage) {
            return;
        }
        boolean isNews = switch (line.step()) {
            case SEND -> isNew(line.message());
            case RECEIVE -> counts(line.message());
            case RECOVER -> {
                said.keySet().removeIf(saying -> saying.from.equals(line.node()));
                counted.removeIf(saying -> saying.to.equals(line.node()));
                yield true;
            }
            case BECOME_LEADER -> {
                counted.removeIf(saying -> saying.to.equals(line.node()));
                yield true;
            }
            default -> true;
        };
        if (isNews) {
            news.add(new TraceLine(
                    line.number(),
                    line.event(),
                    line.nanos(),
                    line.node(),
                    line.step(),
                    line.cause() != null && line.cause().body() instanceof SnapshotMessage ? null : first(line.cause()),
                    line.index(),
                    line.entries(),
                    first(line.message()),
                    line.state()));
        }
    }

    private TraceMessage first(TraceMessage message) {
        return message == null ? null : repeats.getOrDefault(message.number(), message);
    }

    private boolean isNew(TraceMessage message) {
        boolean repeatable = message.body() instanceof AppendEntries || message.body() instanceof AppendAck;
        TraceMessage before = repeatable ? said.putIfAbsent(saying(message), message) : null;
        if (before != null) {
            repeats.put(message.number(), before);
        }
        return before == null;
    }

    private boolean counts(TraceMessage message) {
        RaftMessage body = message.body();
        return body instanceof VoteReply vote && vote.granted()
                || body instanceof PreVoteReply preVote && preVote.granted()
                || body instanceof AppendAck && counted.add(saying(message));
    }

    /** Without what the specification does not know: rounds of reads, and what was applied. */
    private static Saying saying(TraceMessage message) {
        RaftMessage body = message.body();
        if (body instanceof AppendAck ack) {
            body = new AppendAck(ack.term(), ack.receivedIndex(), ack.durableIndex());
        } else if (body instanceof AppendEntries append) {
            body = new AppendEntries(
                    append.term(), append.prevIndex(), append.prevTerm(), append.commitIndex(), append.entries());
        }
        return new Saying(message.from(), message.to(), body);
    }
}
