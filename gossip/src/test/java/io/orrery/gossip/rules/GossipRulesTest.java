package io.orrery.gossip.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipRulesTest {
    private static final GossipRules RULES = GossipRules.STANDARD;
    /** Lines: what is held; columns: what is claimed, at an equal incarnation. x: the claim wins. */
    private static final String[] AT_EQUAL_INCARNATION = {
        "          ALIVE SUSPECT DEAD LEFT",
        "ALIVE     -     x       x    x",
        "SUSPECT   -     -       x    x",
        "DEAD      -     -       -    x",
        "LEFT      -     -       -    -",
    };

    /** Rising. */
    private static final List<Incarnation> INCARNATIONS =
            List.of(new Incarnation(1, 0), new Incarnation(1, 7), new Incarnation(2, 0), new Incarnation(2, 1));

    private static final List<Member> BELIEFS = beliefs();

    private static List<Member> beliefs() {
        List<Member> beliefs = new ArrayList<>();
        for (Incarnation incarnation : INCARNATIONS) {
            for (MemberState state : MemberState.values()) {
                beliefs.add(new Member(NodeId.of("n"), state, incarnation, "", Collections.emptySortedMap()));
            }
        }
        return beliefs;
    }

    private static boolean wins(Member claimed, Member held) {
        return RULES.overrides(held.state(), held.incarnation(), claimed.state(), claimed.incarnation());
    }

    @Test
    void everyPairIsDecidedAsTheTableSays() {
        for (Member held : BELIEFS) {
            for (Member claimed : BELIEFS) {
                int order = claimed.incarnation().compareTo(held.incarnation());
                String[] line = AT_EQUAL_INCARNATION[held.state().ordinal() + 1].split(" +");
                boolean atEqual = line[claimed.state().ordinal() + 1].equals("x");
                boolean expected = order > 0 || order == 0 && atEqual;
                assertThat(wins(claimed, held)).as(claimed + " against " + held).isEqualTo(expected);
            }
        }
    }

    @Test
    void nobodyGoneIsResurrectedAtAnEqualOrEarlierIncarnation() {
        for (Member held : BELIEFS) {
            for (Member claimed : BELIEFS) {
                if (!held.isLive() && claimed.isLive() && wins(claimed, held)) {
                    assertThat(claimed.incarnation().isAfter(held.incarnation()))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void anyOrderOfThreeClaimsEndsInTheSameBelief() {
        for (Member a : BELIEFS) {
            for (Member b : BELIEFS) {
                assertThat(wins(a, b) && wins(b, a)).isFalse();
                assertThat(merge(a, b)).isEqualTo(merge(b, a));
                for (Member c : BELIEFS) {
                    assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
                }
            }
        }
    }

    private static Member merge(Member held, Member claimed) {
        return wins(claimed, held) ? claimed : held;
    }

    @Test
    void deathHeardInASyncIsDoubtedWhereTheMemberIsHeldLive() {
        for (Member held : BELIEFS) {
            for (MemberState claimed : MemberState.values()) {
                boolean doubted = held.isLive() && claimed == MemberState.DEAD;
                assertThat(RULES.believedInSync(held, claimed)).isEqualTo(doubted ? MemberState.SUSPECT : claimed);
            }
        }
        for (MemberState claimed : MemberState.values()) {
            assertThat(RULES.believedInSync(null, claimed)).isEqualTo(claimed);
        }
    }

    @Test
    void rowsAreThoseOfALiveMembersPresentGeneration() {
        for (Member owner : BELIEFS) {
            for (long generation = 0; generation < 4; generation++) {
                boolean present = owner.isLive() && owner.incarnation().generation() == generation;
                assertThat(RULES.acceptsRows(owner, generation)).isEqualTo(present);
                assertThat(RULES.dropsRows(owner, generation)).isEqualTo(!present);
            }
        }
        assertThat(RULES.acceptsRows(null, 1)).isFalse();
        assertThat(RULES.dropsRows(null, 1)).isTrue();
    }
}
