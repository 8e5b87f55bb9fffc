package io.orrery.gossip;

/**
 * What a node believes of a member. Declared in the order of precedence at equal incarnation: a later one overrides an
 * earlier one (SWIM, section 4.2; LEFT is ours).
 */
public enum MemberState {
    /** Answers probes, as far as we know. */
    ALIVE,
    /** A probe failed: it has until its suspicion expires to refute. Still counts as a live member. */
    SUSPECT,
    /** Its suspicion expired: it is taken for crashed, and comes back only with a higher incarnation. */
    DEAD,
    /** It said that it leaves. */
    LEFT;

    /** Whether work is still sent its way: ALIVE or SUSPECT. */
    public boolean isLive() {
        return this == ALIVE || this == SUSPECT;
    }
}
