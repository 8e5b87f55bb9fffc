package io.orrery.gossip;

/**
 * Hears what a {@link Membership} learns. Each call is a deferred event of the node, in the order in which the changes
 * were made; by then the membership may know more.
 */
@FunctionalInterface
public interface MembershipListener {
    /**
     * A member is new, or its state, incarnation, address or metadata changed. The node itself is a member too: it is
     * announced when its generation is durable, and again whenever its incarnation rises.
     *
     * @param before null if the member is new
     */
    void onChange(Member before, Member after);

    /** A DEAD or LEFT member was forgotten after its time. */
    default void onReaped(Member last) {}
}
