package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.log.Entry;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.AppendRefusal;
import io.orrery.raft.message.PreVoteReply;
import io.orrery.raft.message.RaftMessage;
import io.orrery.raft.message.ReadIndexReply;
import io.orrery.raft.message.RequestPreVote;
import io.orrery.raft.message.RequestReadIndex;
import io.orrery.raft.message.RequestVote;
import io.orrery.raft.message.TimeoutNow;
import io.orrery.raft.message.VoteReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NonsenseTest {
    /** Well-formed messages that make no sense, of the present term or an earlier one. */
    @Test
    void aStrangersNonsenseIsCountedAndChangesNothing() {
        RaftCluster cluster = new RaftCluster(1, 3);
        cluster.awaitLeader();
        cluster.awaitQuiet();
        NodeId leader = cluster.awaitLeader();
        for (int i = 0; i < 20; i++) {
            cluster.await(cluster.propose(leader, "c" + i));
        }
        long term = cluster.group(leader).term();
        NodeId stranger = cluster.addStranger("x");
        Prng prng = new Prng(1);
        for (int i = 0; i < 20_000; i++) {
            NodeId to = cluster.id(1 + prng.below(3));
            RaftMessage message = nonsense(prng, term);
            cluster.sim.onNode(
                    stranger,
                    () -> cluster.sim.protocol(stranger, Stranger.class).say(to, message));
            cluster.sim.runFor(Time.micros(prng.below(200)));
        }
        assertThat(cluster.group(leader).isLeader()).isTrue();
        assertThat(cluster.group(leader).term()).isEqualTo(term);
        assertThat(cluster.group(leader).counters().ignored()).isPositive();
        assertThat(cluster.await(cluster.propose(leader, "last")).isCommitted()).isTrue();
        cluster.awaitQuiet();
        for (int i = 1; i <= 3; i++) {
            assertThat(cluster.applied(cluster.id(i))).hasSize(21);
        }
    }

    private static RaftMessage nonsense(Prng prng, long termMax) {
        long term = prng.below(termMax + 1);
        long index = prng.chance(100_000) ? prng.below(1L << 59) : prng.below(40);
        long other = prng.below(40);
        return switch (prng.below(10)) {
            case 0 -> new RequestPreVote(prng.below(1L << 59), index, other);
            case 1 -> new PreVoteReply(term, prng.chance(500_000));
            case 2 -> new RequestVote(term, index, other, prng.chance(500_000));
            case 3 -> new VoteReply(term, prng.chance(500_000));
            case 4 -> new AppendEntries(term, index, Math.min(other, term), other, entries(prng, index, term));
            case 5 -> new AppendAck(term, index, Math.min(index, other));
            case 6 -> new AppendRefusal(term, index, other, prng.below(40));
            case 7 -> new RequestReadIndex(term, prng.nextLong(), prng.chance(500_000));
            case 8 -> new ReadIndexReply(term, prng.nextLong(), ReadIndexReply.Status.INDEX, index);
            default -> new TimeoutNow(term);
        };
    }

    private static List<Entry> entries(Prng prng, long prev, long term) {
        List<Entry> entries = new ArrayList<>();
        for (int i = prng.below(4); i > 0; i--) {
            Entry.Kind kind = Entry.Kind.of(prng.below(3));
            entries.add(new Entry(prev + entries.size() + 1, term, 0, kind, Bytes.ofUtf8("nonsense")));
        }
        return entries;
    }
}
