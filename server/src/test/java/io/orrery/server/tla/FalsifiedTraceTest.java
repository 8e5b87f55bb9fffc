package io.orrery.server.tla;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.raft.Role;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.VoteReply;
import io.orrery.server.rafttrace.RaftTrace;
import io.orrery.server.rafttrace.ReplicaState;
import io.orrery.server.rafttrace.Step;
import io.orrery.server.rafttrace.TraceEntry;
import io.orrery.server.rafttrace.TraceLine;
import io.orrery.server.rafttrace.TraceMessage;
import io.orrery.server.rafttrace.TraceNews;
import io.orrery.server.simulation.Mix;
import io.orrery.server.simulation.RaftWorkload;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.Simulations;
import io.orrery.server.simulation.Strategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace in which one line is not true is refused, at that line or where the lie shows, with the words for it. */
class FalsifiedTraceTest {
    private static final int LINES_MAX = 600;

    @TempDir
    private Path folder;

    /** A falsified trace, the line where it must be refused, and a part of the reason. */
    private record Lie(String name, List<TraceLine> lines, TraceLine refused, String why) {}

    private final RaftTrace trace = RaftTrace.of(
            new RunFile(
                    Simulations.burn(RaftWorkload.NAME, new Mix(5, 3, 20), Strategy.SWARM.faults())
                            .scenario(1),
                    null),
            LINES_MAX);
    private final List<TraceLine> news = TraceNews.of(trace.lines());
    private final List<Lie> lies = new ArrayList<>();

    @Test
    void aTraceWithOneFalseLineIsRefusedThere() {
        falsifyStates();
        falsifyMessages();
        falsifyOrder();
        List<List<TraceLine>> traces =
                new ArrayList<>(lies.stream().map(Lie::lines).toList());
        traces.add(news);

        List<TraceCheck.Verdict> verdicts = TraceCheck.of(folder, traces, new TreeSet<>(trace.nodes()));

        for (int i = 0; i < lies.size(); i++) {
            Lie lie = lies.get(i);
            TraceCheck.Verdict verdict = verdicts.get(i);
            assertThat(verdict.isAccepted()).as(lie.name()).isFalse();
            assertThat(verdict.toString()).as(lie.name()).contains(lie.why());
            assertThat(verdict.refused().number())
                    .as("%s: %s", lie.name(), verdict)
                    .isEqualTo(lie.refused().number());
            assertThat(verdict.refused().node()).isEqualTo(lie.refused().node());
        }
        assertThat(verdicts.get(lies.size()).isAccepted()).isTrue();
    }

    private void falsifyStates() {
        state("term", Step.APPEND, "\"term\"", state -> with(state, state.role(), state.term() + 1, state.vote()));
        state("vote", Step.VOTE, "\"vote\"", state -> with(state, state.role(), state.term(), NodeId.of("n9")));
        state("role", Step.COMMIT, "\"role\"", state -> with(state, Role.CANDIDATE, state.term(), state.vote()));
        state("log end", Step.DURABLE, "\"last index\"", state -> ends(state, state.last() + 1, state.lastTerm()));
        state("last term", Step.APPEND, "\"last term\"", state -> ends(state, state.last(), state.lastTerm() + 1));
        state(
                "commit",
                Step.RECEIVE,
                "\"commit index\"",
                state -> numbers(state, state.commit() + 1, state.durable(), state.durableHard()));
        state(
                "durable index",
                Step.SEND,
                "\"durable index\"",
                state -> numbers(state, state.commit(), state.durable() + 1, state.durableHard()));
        state(
                "durable vote",
                Step.DURABLE,
                "was on its way to the disk",
                state -> numbers(
                        state,
                        state.commit(),
                        state.durable(),
                        new HardState(state.durableHard().term(), NodeId.of("n9"))));
    }

    private void falsifyMessages() {
        message(
                "an entry of another term before",
                last(line -> line.message().body() instanceof AppendEntries append
                        && !append.entries().isEmpty()),
                "a leader sends its own log",
                message -> {
                    AppendEntries body = (AppendEntries) message.body();
                    return of(
                            message,
                            new AppendEntries(
                                    body.term(),
                                    body.prevIndex(),
                                    body.prevTerm() + 1,
                                    body.commitIndex(),
                                    body.entries()));
                });
        message(
                "more acknowledged than is durable",
                last(line -> line.message().body() instanceof AppendAck),
                "shown to match",
                message -> {
                    AppendAck body = (AppendAck) message.body();
                    return of(message, new AppendAck(body.term(), body.receivedIndex() + 1, body.durableIndex() + 1));
                });
        message(
                "a longer log than the candidate's",
                last(line -> line.message().body() instanceof RequestVote),
                "where its log ends",
                message -> {
                    RequestVote body = (RequestVote) message.body();
                    return of(message, new RequestVote(body.term(), body.lastIndex() + 1, body.lastTerm(), false));
                });
        TraceLine told = last(line -> line.message().body() instanceof VoteReply vote && vote.granted());
        message(
                "a vote of another term",
                told,
                "a reply names the node's own term",
                message -> of(message, new VoteReply(message.body().term() + 1, true)));
        int appended = news.indexOf(lastStep(Step.APPEND, line -> line.cause() != null));
        TraceLine line = news.get(appended);
        TraceEntry strange = new TraceEntry(1_000_000, line.entries().get(0).term(), Entry.Kind.COMMAND, null);
        lies.add(new Lie("another entry", replaced(appended, replaced(line, List.of(strange))), line, "entries"));
    }

    private void falsifyOrder() {
        TraceLine elected = lastStep(Step.BECOME_LEADER, line -> true);
        int vote = lastIndexBefore(news.indexOf(elected), elected.node());
        List<TraceLine> early = new ArrayList<>(news);
        Collections.swap(early, vote, news.indexOf(elected));
        lies.add(new Lie("elected before the vote came", early, elected, "a majority voted for it"));

        TraceLine synced = lastStep(Step.DURABLE, line -> line.state().role() == Role.FOLLOWER);
        List<TraceLine> unsynced = new ArrayList<>(news);
        unsynced.remove(synced);
        TraceLine next = news.subList(news.indexOf(synced) + 1, news.size()).stream()
                .filter(line -> line.node().equals(synced.node()))
                .findFirst()
                .orElseThrow();
        lies.add(new Lie("a sync left out", unsynced, next, "durable"));
        TraceLine used = lastStep(Step.RECEIVE, line -> true);
        List<TraceLine> unsent = new ArrayList<>(news);
        unsent.removeIf(line -> line.step() == Step.SEND && line.message() == used.message());
        lies.add(new Lie("a message that nobody sent", unsent, used, "was sent"));
    }

    /** The last reception of a granted vote by the node before the line. */
    private int lastIndexBefore(int end, NodeId node) {
        for (int i = end - 1; i >= 0; i--) {
            TraceLine line = news.get(i);
            if (line.node().equals(node)
                    && line.step() == Step.RECEIVE
                    && line.message().body() instanceof VoteReply) {
                return i;
            }
        }
        throw new AssertionError("nobody voted for " + node);
    }

    private void state(String name, Step step, String why, UnaryOperator<ReplicaState> change) {
        TraceLine line = lastStep(step, any -> true);
        lies.add(new Lie(name, replaced(news.indexOf(line), line.with(change.apply(line.state()))), line, why));
    }

    private void message(String name, TraceLine line, String why, UnaryOperator<TraceMessage> change) {
        TraceMessage changed = change.apply(line.message());
        List<TraceLine> lines = new ArrayList<>();
        for (TraceLine each : news) {
            lines.add(
                    each.message() == line.message() || each.cause() == line.message()
                            ? new TraceLine(
                                    each.number(),
                                    each.event(),
                                    each.nanos(),
                                    each.node(),
                                    each.step(),
                                    each.cause() == line.message() ? changed : each.cause(),
                                    each.index(),
                                    each.entries(),
                                    each.message() == line.message() ? changed : each.message(),
                                    each.state())
                            : each);
        }
        lies.add(new Lie(name, lines, line, why));
    }

    private static TraceMessage of(TraceMessage message, io.orrery.raft.message.RaftMessage body) {
        return new TraceMessage(message.number(), message.from(), message.to(), body, message.entries());
    }

    private TraceLine last(Predicate<TraceLine> which) {
        return lastStep(Step.SEND, which);
    }

    private TraceLine lastStep(Step step, Predicate<TraceLine> which) {
        for (int i = news.size() - 1; i >= 0; i--) {
            TraceLine line = news.get(i);
            if (line.step() == step && which.test(line)) {
                return line;
            }
        }
        throw new AssertionError("the trace has no such line of " + step);
    }

    private List<TraceLine> replaced(int at, TraceLine line) {
        List<TraceLine> lines = new ArrayList<>(news);
        lines.set(at, line);
        return lines;
    }

    private static TraceLine replaced(TraceLine line, List<TraceEntry> entries) {
        return new TraceLine(
                line.number(),
                line.event(),
                line.nanos(),
                line.node(),
                line.step(),
                line.cause(),
                line.index(),
                entries,
                line.message(),
                line.state());
    }

    private static ReplicaState with(ReplicaState state, Role role, long term, NodeId vote) {
        return new ReplicaState(
                role, term, vote, state.last(), state.lastTerm(), state.commit(), state.durable(), state.durableHard());
    }

    private static ReplicaState ends(ReplicaState state, long last, long lastTerm) {
        return new ReplicaState(
                state.role(),
                state.term(),
                state.vote(),
                last,
                lastTerm,
                state.commit(),
                state.durable(),
                state.durableHard());
    }

    private static ReplicaState numbers(ReplicaState state, long commit, long durable, HardState hard) {
        return new ReplicaState(
                state.role(), state.term(), state.vote(), state.last(), state.lastTerm(), commit, durable, hard);
    }
}
