package io.orrery.gossip.rules;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;

/**
 * Who wins between what a node holds of a member and what is claimed of it (SWIM, section 4.2), and whose rows are kept.
 * Pure and total.
 *
 * <ul>
 *   <li>R1: a later incarnation wins, whatever the states.
 *   <li>R2: at equal incarnation the later of ALIVE, SUSPECT, DEAD, LEFT wins.
 *   <li>R3: else what is held stays. So DEAD and LEFT are never undone at an equal or lower incarnation, and any order and
 *       repetition of the same claims ends in the same belief.
 *   <li>R4: in a full state (a sync), DEAD about a member that we hold live counts as SUSPECT: the state may be a partition
 *       old, and the accused gets the time to refute. Rumours of DEAD are fresh, and believed. LEFT is the member's own
 *       word, and believed. DEAD about a stranger is believed, so that a stale ALIVE finds it and is answered.
 *   <li>R5: rows are accepted only of a live member, at exactly the generation that we hold of it.
 *   <li>R6: rows that R5 would not accept any longer are out of sight at once. If their owner is DEAD in that very generation
 *       they may be kept aside for a while: only a belief says that it does not live on. Else they are dropped.
 * </ul>
 */
public class GossipRules {
    /** The rules as they are. */
    public static final GossipRules STANDARD = new GossipRules();

    /** R1, R2, R3: whether the claim replaces what is held. */
    public boolean overrides(
            MemberState held, Incarnation heldIncarnation, MemberState claimed, Incarnation claimedIncarnation) {
        int order = claimedIncarnation.compareTo(heldIncarnation);
        return order > 0 || order == 0 && claimed.compareTo(held) > 0;
    }

    /**
     * R4: what a state claimed in a sync counts as.
     *
     * @param held null if we do not know the member
     */
    public MemberState believedInSync(Member held, MemberState claimed) {
        return claimed == MemberState.DEAD && held != null && held.isLive() ? MemberState.SUSPECT : claimed;
    }

    /**
     * R5: whether rows that {@code owner} wrote under {@code generation} may be taken and kept.
     *
     * @param owner null if it is no member
     */
    public boolean acceptsRows(Member owner, long generation) {
        return owner != null && owner.isLive() && owner.incarnation().generation() == generation;
    }

    /** R6: whether rows held of {@code owner} under {@code generation} may be kept, out of sight, in case that it lives on. */
    public boolean setsRowsAside(Member owner, long generation) {
        return owner != null
                && owner.state() == MemberState.DEAD
                && owner.incarnation().generation() == generation;
    }

    /** R6: whether rows held of {@code owner} under {@code generation} are dropped; {@code owner} is null once forgotten. */
    public boolean dropsRows(Member owner, long generation) {
        return !acceptsRows(owner, generation);
    }
}
