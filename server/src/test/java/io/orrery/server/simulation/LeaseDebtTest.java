package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.VoteReply;
import io.orrery.raft.read.ReadConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link LeaseDebt} accepts, and what it rejects. */
class LeaseDebtTest {
    private static final long ELECTION_NANOS = Time.millis(50);
    private static final NodeId LEADER = NodeId.of("n1");
    private static final NodeId VOTER = NodeId.of("n2");
    private static final NodeId CANDIDATE = NodeId.of("n3");

    private long nowNanos = Time.seconds(1);
    private final LeaseDebt debt =
            new LeaseDebt(() -> nowNanos, ReadConfig.DEFAULT.withLeases(100_000), ELECTION_NANOS);

    private void send(NodeId from, NodeId to, RaftMessage message) {
        debt.onSend(1, from, to, null, 1, message);
        debt.onEvent();
    }

    /** The voter hears the leader's round a while after it was sent, and answers. */
    private void answerRound(long round, long afterMillis) {
        send(LEADER, VOTER, new AppendEntries(5, 0, 0, 0, round, List.of()));
        nowNanos += Time.millis(afterMillis);
        send(VOTER, LEADER, new AppendAck(5, 0, 0, 0, round));
    }

    @Test
    void aVoteWhileAnAnsweredRoundIsYoungerThanAnElectionTimeoutIsRejected() {
        answerRound(1, 10);
        nowNanos += Time.millis(30);
        assertThatThrownBy(() -> send(VOTER, CANDIDATE, new VoteReply(6, true)))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("L2: a voter that owes a lease tells a vote");
    }

    @Test
    void whoOwesALeaseDoesNotStandForElection() {
        answerRound(1, 10);
        assertThatThrownBy(() -> send(VOTER, CANDIDATE, new RequestVote(6, 0, 0, false)))
                .hasMessageContaining("L2: a voter that owes a lease stands");
    }

    @Test
    void aPreVoteIsOwedToNobodyEither() {
        answerRound(3, 0);
        assertThatCode(() -> send(VOTER, CANDIDATE, new PreVoteReply(5, false))).doesNotThrowAnyException();
        assertThatThrownBy(() -> send(VOTER, CANDIDATE, new PreVoteReply(6, true)))
                .hasMessageContaining("L3");
    }

    /** From when the round was sent, by the fastest clock: 50 ms / 1.1. */
    @Test
    void theDebtEndsAnElectionTimeoutAfterTheRoundWasSent() {
        answerRound(1, 40);
        nowNanos += Time.millis(6);
        assertThatCode(() -> send(VOTER, CANDIDATE, new VoteReply(6, true))).doesNotThrowAnyException();
    }

    @Test
    void aLaterMessageOfTheSameRoundIsNoLaterRound() {
        answerRound(1, 40);
        answerRound(1, 6);
        assertThatCode(() -> send(VOTER, CANDIDATE, new VoteReply(6, true))).doesNotThrowAnyException();
        answerRound(2, 0);
        assertThatThrownBy(() -> send(VOTER, CANDIDATE, new VoteReply(6, true))).hasMessageContaining("L2");
    }

    @Test
    void whoWasAskedToCampaignHasTheVotesOfThoseWhoOwe() {
        answerRound(1, 0);
        send(CANDIDATE, VOTER, new RequestVote(6, 0, 0, true));
        assertThatCode(() -> send(VOTER, CANDIDATE, new VoteReply(6, true))).doesNotThrowAnyException();
        assertThatThrownBy(() -> send(VOTER, CANDIDATE, new VoteReply(7, true))).hasMessageContaining("L2");
    }
}
