package io.orrery.gossip.message;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;

/** What a sender holds of the receiver, in short. */
public record Held(MemberState state, Incarnation incarnation) {
    /** Of a member, or null if there is none. */
    public static Held of(Member member) {
        return member == null ? null : new Held(member.state(), member.incarnation());
    }
}
