package io.orrery.sim.network;

/** What became of frames, over all links, since the run began. */
public final class NetworkCounters {
    long datagrams;
    long streamFrames;
    long refused;
    long lost;
    long cut;
    long duplicated;
    long reordered;
    long unheard;
    long retransmitted;
    long connectionsBroken;
    long streamFramesLost;
    long corrupted;
    long forged;
    long clogged;

    /** Datagrams taken. */
    public long datagrams() {
        return datagrams;
    }

    /** Stream frames taken. */
    public long streamFrames() {
        return streamFrames;
    }

    /** Frames refused because too many were on the way already. */
    public long refused() {
        return refused;
    }

    /** Datagrams lost by a link's policy. */
    public long lost() {
        return lost;
    }

    /** Datagrams lost because the link was cut. */
    public long cut() {
        return cut;
    }

    public long duplicated() {
        return duplicated;
    }

    /** Datagrams held back so that later ones overtake them. */
    public long reordered() {
        return reordered;
    }

    /** Datagrams that reached a node that was down. */
    public long unheard() {
        return unheard;
    }

    /** Stream frames that came late because the link lost them at first. */
    public long retransmitted() {
        return retransmitted;
    }

    /** Connections that broke with frames on the way. */
    public long connectionsBroken() {
        return connectionsBroken;
    }

    /** Stream frames lost with their connection. */
    public long streamFramesLost() {
        return streamFramesLost;
    }

    /** Frames, of either kind, of which some bits were flipped. */
    public long corrupted() {
        return corrupted;
    }

    /** Frames, of either kind, that were changed under a checksum that fits. */
    public long forged() {
        return forged;
    }

    /** Datagrams that a clog held back. */
    public long clogged() {
        return clogged;
    }
}
