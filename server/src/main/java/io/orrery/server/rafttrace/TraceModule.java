package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Configuration;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.InstallSnapshot;
import io.orrery.raft.message.InstallStatus;
import io.orrery.raft.message.MemoryMessage;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.ReadIndexReply;
import io.orrery.raft.message.RequestPreVote;
import io.orrery.raft.message.RequestReadIndex;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.SnapshotMessage;
import io.orrery.raft.message.TimeoutNow;
import io.orrery.raft.message.VoteReply;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Traces as the TLA+ module {@code Traces} that raft/src/test/tla/TraceRaft.tla reads: what is news in them (see
 * {@link TraceNews}), with messages and entries in tables. TLC needs no library for it, and reads it faster than JSON.
 */
public final class TraceModule {
    private final StringBuilder messages = new StringBuilder();
    private final StringBuilder entries = new StringBuilder();
    private final List<Integer> sentAt = new ArrayList<>();
    private final TreeSet<NodeId> nodes = new TreeSet<>();
    private int messageCount;
    private int entryCount;
    private TreeMap<Long, Integer> numbers = new TreeMap<>();
    private TreeMap<Long, Integer> entryNumbers = new TreeMap<>();

    private TraceModule() {}

    /** The module's text. */
    public static String of(List<RaftTrace> traces) {
        List<List<TraceLine>> news = new ArrayList<>();
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (RaftTrace trace : traces) {
            news.add(TraceNews.of(trace.lines()));
            nodes.addAll(trace.nodes());
        }
        return ofNews(news, nodes);
    }

    /** Of lines that are all to be checked. */
    public static String ofNews(List<List<TraceLine>> traces, TreeSet<NodeId> nodes) {
        TraceModule module = new TraceModule();
        module.nodes.addAll(nodes);
        StringBuilder lines = new StringBuilder();
        for (List<TraceLine> trace : traces) {
            module.numbers = new TreeMap<>();
            module.entryNumbers = new TreeMap<>();
            lines.append(lines.isEmpty() ? "\n<<" : ",\n<<");
            String comma = "\n";
            for (int at = 1; at <= trace.size(); at++) {
                TraceLine line = trace.get(at - 1);
                lines.append(comma).append(module.line(line));
                comma = ",\n";
                if (line.step() == Step.SEND) {
                    module.sentAt.set(module.number(line.message()) - 1, at);
                }
            }
            lines.append("\n>>");
        }
        return module.text(lines);
    }

    private String text(StringBuilder lines) {
        return "---- MODULE Traces ----\n"
                + "LOCAL INSTANCE Sequences\n"
                + "LOCAL C(v, o, l) == [voters |-> v, outgoing |-> o, learners |-> l]\n"
                + "Nodes == " + names(new ArrayList<>(nodes)) + "\n"
                + "Entries == <<" + entries + ">>\n"
                + "Messages == <<" + messages + ">>\n"
                + "SentAt == <<" + numbers(sentAt) + ">>\n"
                + "Traces == <<" + lines + ">>\n"
                + "====\n";
    }

    private String line(TraceLine line) {
        StringBuilder text = new StringBuilder("[node |-> ")
                .append(quoted(line.node()))
                .append(", step |-> \"")
                .append(line.step().word())
                .append("\", cause |-> ")
                .append(line.cause() == null ? 0 : number(line.cause()));
        if (line.index() > 0) {
            text.append(", index |-> ").append(line.index());
        }
        if (!line.entries().isEmpty()) {
            text.append(", entries |-> ").append(entries(line.entries()));
        }
        if (line.message() != null) {
            text.append(", message |-> ").append(number(line.message()));
        }
        return text.append(", after |-> ")
                .append(state(line.state()))
                .append(']')
                .toString();
    }

    private static String state(ReplicaState state) {
        return "<<\"" + state.roleWord() + "\", " + state.term() + ", " + quoted(state.vote()) + ", " + state.last()
                + ", " + state.lastTerm() + ", " + state.commit() + ", " + state.durable() + ", "
                + state.durableHard().term() + ", " + quoted(state.durableHard().vote()) + ">>";
    }

    /** The message's place in the table; a message that a falsified line names is another one. */
    private int number(TraceMessage message) {
        Integer known = numbers.get(message.number());
        if (known != null) {
            return known;
        }
        Fields fields = new Fields(this, message);
        message.body().dispatch(null, fields);
        messages.append(messageCount == 0 ? "\n" : ",\n").append("[type |-> \"").append(type(message.body()));
        messages.append("\", from |-> ").append(quoted(message.from()));
        messages.append(", to |-> ").append(quoted(message.to()));
        messages.append(", term |-> ")
                .append(message.body().term())
                .append(fields.text)
                .append(']');
        sentAt.add(0);
        numbers.put(message.number(), ++messageCount);
        return messageCount;
    }

    private static String type(RaftMessage body) {
        return body.getClass().getSimpleName();
    }

    private String entries(List<TraceEntry> list) {
        StringBuilder text = new StringBuilder("<<");
        for (TraceEntry entry : list) {
            text.append(text.length() > 2 ? "," : "").append(number(entry));
        }
        return text.append(">>").toString();
    }

    private int number(TraceEntry entry) {
        Integer known = entryNumbers.get(entry.number());
        if (known != null) {
            return known;
        }
        entries.append(entryCount == 0 ? "\n" : ",\n")
                .append("[term |-> ")
                .append(entry.term())
                .append(", configuration |-> ")
                .append(configuration(entry.configuration()))
                .append(']');
        entryNumbers.put(entry.number(), ++entryCount);
        return entryCount;
    }

    private static String configuration(Configuration configuration) {
        return configuration == null
                ? "C({}, {}, {})"
                : "C(" + names(configuration.voters()) + ", " + names(configuration.outgoing()) + ", "
                        + names(configuration.learners()) + ")";
    }

    private static String numbers(List<Integer> list) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : i % 20 == 0 ? ",\n" : ",").append(list.get(i));
        }
        return text.toString();
    }

    private static String names(List<NodeId> nodes) {
        StringBuilder text = new StringBuilder("{");
        for (NodeId node : nodes) {
            text.append(text.length() > 1 ? ", " : "").append(quoted(node));
        }
        return text.append('}').toString();
    }

    private static String quoted(NodeId node) {
        return node == null ? "\"-\"" : '"' + node.name() + '"';
    }

    /** What a message says beside its term. */
    private static final class Fields implements RaftMessage.Handler {
        private final TraceModule module;
        private final TraceMessage message;
        private String text = "";

        Fields(TraceModule module, TraceMessage message) {
            this.module = module;
            this.message = message;
        }

        @Override
        public void onRequestPreVote(NodeId from, RequestPreVote body) {
            text = ", lastIndex |-> " + body.lastIndex() + ", lastTerm |-> " + body.lastTerm();
        }

        @Override
        public void onPreVoteReply(NodeId from, PreVoteReply body) {
            text = ", granted |-> " + truth(body.granted());
        }

        @Override
        public void onRequestVote(NodeId from, RequestVote body) {
            text = ", lastIndex |-> " + body.lastIndex() + ", lastTerm |-> " + body.lastTerm();
        }

        @Override
        public void onVoteReply(NodeId from, VoteReply body) {
            text = ", granted |-> " + truth(body.granted());
        }

        @Override
        public void onAppendEntries(NodeId from, AppendEntries body) {
            text = ", prevIndex |-> " + body.prevIndex() + ", prevTerm |-> " + body.prevTerm() + ", entries |-> "
                    + module.entries(message.entries()) + ", commit |-> " + body.commitIndex();
        }

        @Override
        public void onAppendAck(NodeId from, AppendAck body) {
            text = ", received |-> " + body.receivedIndex() + ", durable |-> " + body.durableIndex();
        }

        @Override
        public void onAppendRefusal(NodeId from, AppendRefusal body) {
            text = ", refused |-> " + body.refusedIndex();
        }

        @Override
        public void onTimeoutNow(NodeId from, TimeoutNow body) {
            // It says nothing but its term.
        }

        @Override
        public void onRequestReadIndex(NodeId from, RequestReadIndex body) {
            // Nor does this, to the specification.
        }

        @Override
        public void onReadIndexReply(NodeId from, ReadIndexReply body) {
            text = ", index |-> " + body.index();
        }

        @Override
        public void onInstallSnapshot(NodeId from, InstallSnapshot body) {
            text = ", index |-> " + body.snapshot().index() + ", lastTerm |-> "
                    + body.snapshot().term();
        }

        @Override
        public void onInstallStatus(NodeId from, InstallStatus body) {
            // Nor this.
        }

        @Override
        public void onSnapshotMessage(NodeId from, SnapshotMessage body) {
            throw new IllegalStateException("news have no messages that belong to no term");
        }

        @Override
        public void onMemoryMessage(NodeId from, MemoryMessage body) {
            // It says nothing but its term.
        }

        private static String truth(boolean value) {
            return value ? "TRUE" : "FALSE";
        }
    }
}
