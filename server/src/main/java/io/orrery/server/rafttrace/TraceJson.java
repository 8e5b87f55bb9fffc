package io.orrery.server.rafttrace;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.raft.Configuration;
import io.orrery.raft.log.Entry;
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
import io.orrery.server.json.JsonWriter;
import java.util.List;
import java.util.Locale;

/** A trace as lines of JSON: first one about the run, then one for each step. docs/TLA.md says what each field means. */
public final class TraceJson {
    private TraceJson() {}

    /** The first line. */
    public static String run(RaftTrace trace) {
        JsonWriter json = new JsonWriter()
                .object()
                .field("step", "run")
                .field("seed", trace.result().seed())
                .field("workload", trace.result().scenario().workload())
                .field("traceHash", TraceHash.hex(trace.result().traceHash()))
                .field("ok", trace.result().isOk())
                .field("whole", trace.isWhole())
                .field("lines", trace.lines().size())
                .field("nodes", trace.nodes());
        configuration(json.name("founders"), trace.founders());
        return json.end().toString();
    }

    /** One step. */
    public static String line(TraceLine line) {
        JsonWriter json = new JsonWriter()
                .object()
                .field("line", line.number())
                .field("event", line.event())
                .field("nanos", line.nanos())
                .field("node", line.node().name())
                .field("step", line.step().word());
        if (line.cause() != null) {
            json.field("cause", line.cause().number());
        }
        if (line.index() > 0) {
            json.field("index", line.index());
        }
        if (!line.entries().isEmpty()) {
            entries(json, line.entries());
        }
        if (line.message() != null) {
            message(json.name("message"), line.message());
        }
        state(json.name("state"), line.state());
        return json.end().toString();
    }

    private static void state(JsonWriter json, ReplicaState state) {
        json.object()
                .field("role", state.roleWord())
                .field("term", state.term())
                .name("vote")
                .value(name(state.vote()))
                .field("last", state.last())
                .field("lastTerm", state.lastTerm())
                .field("commit", state.commit())
                .field("durable", state.durable())
                .field("durableTerm", state.durableHard().term())
                .name("durableVote")
                .value(name(state.durableHard().vote()))
                .end();
    }

    private static String name(NodeId node) {
        return node == null ? null : node.name();
    }

    private static void entries(JsonWriter json, List<TraceEntry> entries) {
        json.name("entries").array();
        for (TraceEntry entry : entries) {
            json.object()
                    .field("entry", entry.number())
                    .field("term", entry.term())
                    .field("kind", entry.kind().name().toLowerCase(Locale.ROOT));
            if (entry.kind() == Entry.Kind.CONFIG) {
                configuration(json.name("configuration"), entry.configuration());
            }
            json.end();
        }
        json.end();
    }

    private static void configuration(JsonWriter json, Configuration configuration) {
        json.object()
                .field("voters", configuration.voters())
                .field("outgoing", configuration.outgoing())
                .field("learners", configuration.learners())
                .end();
    }

    private static void message(JsonWriter json, TraceMessage message) {
        RaftMessage body = message.body();
        json.object()
                .field("message", message.number())
                .field("type", body.getClass().getSimpleName())
                .field("from", message.from().name())
                .field("to", message.to().name())
                .field("term", body.term());
        body.dispatch(null, new Fields(json, message.entries()));
        json.end();
    }

    /** What a message says beside its term. */
    private record Fields(JsonWriter json, List<TraceEntry> entries) implements RaftMessage.Handler {
        @Override
        public void onRequestPreVote(NodeId from, RequestPreVote message) {
            json.field("lastIndex", message.lastIndex()).field("lastTerm", message.lastTerm());
        }

        @Override
        public void onPreVoteReply(NodeId from, PreVoteReply message) {
            json.field("granted", message.granted());
        }

        @Override
        public void onRequestVote(NodeId from, RequestVote message) {
            json.field("lastIndex", message.lastIndex())
                    .field("lastTerm", message.lastTerm())
                    .field("transfer", message.transfer());
        }

        @Override
        public void onVoteReply(NodeId from, VoteReply message) {
            json.field("granted", message.granted());
        }

        @Override
        public void onAppendEntries(NodeId from, AppendEntries message) {
            json.field("prevIndex", message.prevIndex())
                    .field("prevTerm", message.prevTerm())
                    .field("commit", message.commitIndex())
                    .field("round", message.round());
            TraceJson.entries(json, entries);
        }

        @Override
        public void onAppendAck(NodeId from, AppendAck message) {
            json.field("received", message.receivedIndex())
                    .field("durable", message.durableIndex())
                    .field("applied", message.appliedIndex())
                    .field("round", message.round());
        }

        @Override
        public void onAppendRefusal(NodeId from, AppendRefusal message) {
            json.field("refused", message.refusedIndex())
                    .field("hint", message.hintIndex())
                    .field("hintTerm", message.hintTerm());
        }

        @Override
        public void onTimeoutNow(NodeId from, TimeoutNow message) {
            // It says nothing but its term.
        }

        @Override
        public void onRequestReadIndex(NodeId from, RequestReadIndex message) {
            json.field("read", message.id()).field("lease", message.lease());
        }

        @Override
        public void onReadIndexReply(NodeId from, ReadIndexReply message) {
            json.field("read", message.id())
                    .field("status", message.status().name().toLowerCase(Locale.ROOT))
                    .field("index", message.index());
        }

        @Override
        public void onInstallSnapshot(NodeId from, InstallSnapshot message) {
            json.field("index", message.snapshot().index())
                    .field("lastTerm", message.snapshot().term());
        }

        @Override
        public void onInstallStatus(NodeId from, InstallStatus message) {
            json.field("index", message.index()).field("slices", message.slices());
        }

        @Override
        public void onSnapshotMessage(NodeId from, SnapshotMessage message) {
            json.field("about", message.toString());
        }

        @Override
        public void onMemoryMessage(NodeId from, MemoryMessage message) {
            json.field("about", message.toString());
        }
    }
}
