package io.orrery.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that share their acquaintances' arrays hold what they would hold in arrays of their own. */
class SharedAcquaintancesTest {
    private static final int KNOWN = 60;
    private static final int STEPS = 1_000;

    private final List<Member> members = new ArrayList<>();
    private final Acquaintances known;

    SharedAcquaintancesTest() {
        for (int i = 0; i < KNOWN; i++) {
            members.add(member(i, 0));
        }
        known = new Acquaintances(members);
    }

    private static NodeId node(int i) {
        return NodeId.of("n" + (100 + i));
    }

    private static Member member(int i, int refutations) {
        return new Member(
                node(i), MemberState.ALIVE, new Incarnation(1, refutations), "", Collections.emptySortedMap());
    }

    /** Of so many members, a few of which are strangers; with few, no array is ever copied. */
    @ParameterizedTest
    @ValueSource(ints = {5, 16, KNOWN, KNOWN + 5})
    void livePeersAreThoseOfASortedSet(int moving) {
        LivePeers peers = new LivePeers();
        LivePeers other = new LivePeers();
        peers.fill(known, node(7));
        other.fill(known, node(8));
        TreeSet<NodeId> model = new TreeSet<>();
        members.forEach(member -> model.add(member.node()));
        model.remove(node(7));
        List<NodeId> others = new ArrayList<>(other.list());
        Prng prng = new Prng(moving);
        for (int step = 0; step < STEPS; step++) {
            NodeId node = node(prng.below(moving));
            if (node.equals(node(7))) {
                continue;
            }
            if (model.remove(node)) {
                peers.remove(node);
                assertThatThrownBy(() -> peers.remove(node)).hasMessageContaining("only a live peer dies");
            } else {
                model.add(node);
                peers.add(node);
                assertThatThrownBy(() -> peers.add(node)).hasMessageContaining("a peer comes alive once");
            }
            assertThat(peers.list()).containsExactlyElementsOf(model);
            assertThat(peers.toArray()).containsExactlyElementsOf(model);
            assertThat(peers.sample(3, node(9), prng)).doesNotContain(node(9)).isSubsetOf(model);
        }
        assertThat(other.list()).isEqualTo(others).doesNotContain(node(8)).hasSize(KNOWN - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 16, KNOWN, KNOWN + 5})
    void membersAreThoseOfATree(int moving) {
        MemberArray array = new MemberArray();
        MemberArray other = new MemberArray();
        array.fill(known);
        other.fill(known);
        TreeMap<NodeId, Member> model = new TreeMap<>();
        members.forEach(member -> model.put(member.node(), member));
        Prng prng = new Prng(moving);
        for (int step = 1; step < STEPS; step++) {
            Member member = member(prng.below(moving), step);
            if (moving > KNOWN && prng.below(50) == 0) {
                assertThat(array.remove(member.node())).isEqualTo(model.remove(member.node()));
            } else {
                assertThat(array.put(member)).isEqualTo(model.put(member.node(), member));
            }
            assertThat(array.find(member.node())).isEqualTo(model.get(member.node()));
            assertThat(new MembersView(array).values()).containsExactlyElementsOf(model.values());
        }
        model.forEach((node, member) -> assertThat(array.find(node)).isSameAs(member));
        assertThat(new MembersView(other).values()).containsExactlyElementsOf(members);
    }

    /** Acquaintances come and go, and with the largest number strangers as well. */
    @ParameterizedTest
    @ValueSource(ints = {5, KNOWN, KNOWN + 5})
    void roundHasEachLivePeerOnce(int moving) {
        Prng luck = new Prng(3);
        ProbeRound round = new ProbeRound(new Prng(1));
        round.fill(known.names(), node(7));
        TreeSet<NodeId> model = new TreeSet<>();
        members.forEach(member -> model.add(member.node()));
        model.remove(node(7));
        for (int step = 0; step < STEPS; step++) {
            NodeId node = node(luck.below(moving));
            if (!node.equals(node(7))) {
                if (model.remove(node)) {
                    round.remove(node);
                } else {
                    model.add(node);
                    round.add(node);
                }
            }
            assertThat(round.size()).isEqualTo(model.size());
            if (step % 20 == 0) {
                assertThat(wholeRoundOf(round, model.size())).isEqualTo(model);
            }
        }
    }

    /** Goes on to the end of the round under way, and once around. */
    private static TreeSet<NodeId> wholeRoundOf(ProbeRound round, int size) {
        for (int i = 0; i < 2 * size && !round.isOver(); i++) {
            round.next();
        }
        TreeSet<NodeId> seen = new TreeSet<>();
        for (int i = 0; i < size; i++) {
            seen.add(round.next());
        }
        return seen;
    }
}
