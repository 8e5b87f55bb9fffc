package io.orrery.gossip.message;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;

/**
 * Somebody says this of a member. Always the whole of it: a receiver that missed what came before still ends up right.
 *
 * @param by who accuses, where the state is SUSPECT or DEAD: independent accusers shorten a suspicion; else the member
 */
public record Claim(Member member, NodeId by) {
    /** A member's own word: ALIVE or LEFT. */
    public static Claim own(Member member) {
        return new Claim(member, member.node());
    }

    /** Whether {@code by} means something, and is on the wire. */
    static boolean isAccusation(MemberState state) {
        return state == MemberState.SUSPECT || state == MemberState.DEAD;
    }
}
