package io.orrery.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.ClaimCodec;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The small mechanisms, each alone. */
class LeavesTest {
    private static NodeId node(int i) {
        return NodeId.of("n" + (100 + i));
    }

    private static Claim claim(int i) {
        return Claim.own(
                new Member(node(i), MemberState.ALIVE, new Incarnation(1, 0), "", Collections.emptySortedMap()));
    }

    @Test
    void roundProbesEveryPeerOnceBeforeAnyTwice() {
        ProbeRound round = new ProbeRound(new Prng(1));
        for (int i = 0; i < 10; i++) {
            round.add(node(i));
        }
        for (int n = 0; n < 5; n++) {
            TreeSet<NodeId> seen = new TreeSet<>();
            for (int i = 0; i < 10; i++) {
                seen.add(round.next());
            }
            assertThat(seen).hasSize(10);
        }
    }

    @Test
    void noPeerWaitsLongerThanTwoRoundsWhileOthersComeAndGo() {
        Prng prng = new Prng(2);
        ProbeRound round = new ProbeRound(new Prng(3));
        int size = 20;
        TreeMap<NodeId, Integer> lastSeen = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            round.add(node(i));
            lastSeen.put(node(i), 0);
        }
        for (int step = 1; step < 5000; step++) {
            NodeId next = round.next();
            assertThat(step - lastSeen.put(next, step)).isLessThanOrEqualTo(2 * (size + 1) - 1);
            if (prng.below(5) == 0) {
                NodeId moved = node(prng.below(size));
                round.remove(moved);
                round.add(moved);
                lastSeen.put(moved, step);
            }
        }
    }

    @Test
    void localHealthStaysWithinItsBounds() {
        LocalHealth health = new LocalHealth(8);
        int[] deltas = {0, 1, -1, 10, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        int[] scores = {0, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0};
        for (int i = 0; i < deltas.length; i++) {
            health.add(deltas[i]);
            assertThat(health.score()).isEqualTo(scores[i]);
            assertThat(health.stretch(1000)).isEqualTo(1000L * (scores[i] + 1));
        }
    }

    @Test
    void rumourIsSentFourTimesPerDecadeOfMembers() {
        int[] members = {1, 9, 10, 32, 99, 100, 999, 1000, 10_000};
        int[] limits = {4, 4, 8, 8, 8, 12, 12, 16, 20};
        for (int i = 0; i < members.length; i++) {
            assertThat(RumourQueue.transmitsMax(4, members[i]))
                    .as("N = " + members[i])
                    .isEqualTo(limits[i]);
        }
    }

    @Test
    void leastSentRumoursGoFirstTheNewestOfThemBeforeOthers() {
        RumourQueue queue = new RumourQueue();
        queue.add(claim(1));
        queue.add(claim(2));
        int one = ClaimCodec.size(claim(1));
        assertThat(take(queue, one, 3)).containsExactly(claim(2));
        assertThat(take(queue, one, 3)).containsExactly(claim(1));
        queue.add(claim(3));
        assertThat(take(queue, 2 * one, 3)).containsExactly(claim(3), claim(2));
    }

    @Test
    void rumourIsForgottenWhenItWasSentOftenEnoughAndReplacedByANewerOne() {
        RumourQueue queue = new RumourQueue();
        queue.add(claim(1));
        take(queue, 1000, 3);
        take(queue, 1000, 3);
        Claim newer = new Claim(claim(1).member().with(MemberState.SUSPECT, new Incarnation(1, 0)), node(5));
        queue.add(newer);
        assertThat(queue.size()).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            assertThat(take(queue, 1000, 3)).containsExactly(newer);
        }
        assertThat(queue.isEmpty()).isTrue();
        queue.checkInvariants();
    }

    private static List<Claim> take(RumourQueue queue, int bytesMax, int transmitsMax) {
        List<Claim> taken = new ArrayList<>();
        queue.take(bytesMax, transmitsMax, taken);
        return taken;
    }

    @Test
    void sampleIsDistinctAndNeverTheExcluded() {
        LivePeers peers = new LivePeers();
        for (int i = 0; i < 20; i++) {
            peers.add(node(i));
        }
        Prng prng = new Prng(4);
        for (int count = 0; count < 25; count++) {
            List<NodeId> sample = peers.sample(count, node(7), prng);
            assertThat(sample)
                    .hasSize(Math.min(count, 19))
                    .doesNotHaveDuplicates()
                    .doesNotContain(node(7));
        }
    }
}
