package io.orrery.raft.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnteredTermTest {
    @Test
    void whoHearsALeaderOrAnAnswerEntersItsTerm() {
        List<RaftMessage> binding = List.of(
                new AppendEntries(7, 3, 6, 3, List.of()),
                new AppendAck(7, 3, 3, 3),
                new AppendRefusal(7, 3, 0, 0),
                new VoteReply(7, true),
                new VoteReply(7, false),
                new PreVoteReply(7, false));
        assertThat(binding)
                .allSatisfy(message -> assertThat(message.enteredTerm()).isEqualTo(7));
    }

    @Test
    void aQuestionAndAGrantedPreVoteBindNobody() {
        List<RaftMessage> free = List.of(
                new RequestPreVote(7, 3, 6),
                new RequestVote(7, 3, 6, false),
                new PreVoteReply(7, true),
                new TimeoutNow(7));
        assertThat(free).allSatisfy(message -> assertThat(message.enteredTerm()).isZero());
    }
}
