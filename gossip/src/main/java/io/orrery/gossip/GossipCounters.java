package io.orrery.gossip;

/** What a {@link Membership} has done and refused since its boot. For the node's thread. */
public final class GossipCounters {
    /** What is counted. */
    public enum Counter {
        PROBES,
        PROBES_FAILED,
        PROBES_SAVED_INDIRECTLY,
        PROBES_SAVED_BY_STREAM,
        /** Relays that said that the target did not answer them either. */
        NACKS,
        /** Relays that should have said something, and did not: these cost local health. */
        NACKS_MISSED,
        /** Times that this node noticed that it had stood still. */
        PAUSES,
        SUSPICIONS,
        /** Accusations by further members that shortened a suspicion. */
        CONFIRMATIONS,
        DEATHS,
        /** Accusations that this node refuted. */
        REFUTATIONS,
        /** Generations raised above what peers claimed of us. */
        GENERATIONS_RAISED,
        RUMOURS_SENT,
        SYNCS_STARTED,
        SYNCS_ANSWERED,
        /** Peers that hold just what we hold, as their digest says: nothing was sent. */
        SYNCS_SPARED,
        /** Full states asked for by one who waits for ours already. */
        SYNCS_ASKED_TWICE,
        /** Claims too large for a packet in its envelope, which went by stream. */
        CLAIMS_BY_STREAM,
        /** Dead members told that they are. */
        ANNOUNCEMENTS,
        REAPED,
        /** Members that were removed for good, pinged in case they live. */
        EXILES_PINGED,
        /** Messages of another cluster. */
        REFUSED_OTHER_CLUSTER,
        /** Messages of a cluster of our name with another id. */
        REFUSED_OTHER_ID,
        /** Messages of strangers that have no cluster id, where we have one. */
        REFUSED_WITHOUT_ID,
        /** Messages of members that have no cluster id, where we have one: taken. */
        WITHOUT_ID,
        /** Times that another node refused us. */
        REFUSED_BY_OTHERS,
        /** Messages that no correct peer sends. */
        REFUSED_NONSENSE,
        /** Claims about new members beyond {@code membersMax}. */
        REFUSED_MEMBERS_MAX,
        /** Requests for our full state beyond those that may wait. */
        REFUSED_SYNCS,
        /** Requests to probe for others beyond what is relayed at a time. */
        REFUSED_RELAYS,
        /** Claims with an incarnation that we hold but another address or other metadata: two nodes use one name. */
        NAME_CONFLICTS,
        /** The generation could not be made durable at the first try. */
        STORAGE_RETRIES
    }

    private final long[] counts = new long[Counter.values().length];

    public void count(Counter counter) {
        counts[counter.ordinal()]++;
    }

    public void count(Counter counter, long amount) {
        counts[counter.ordinal()] += amount;
    }

    public long of(Counter counter) {
        return counts[counter.ordinal()];
    }
}
