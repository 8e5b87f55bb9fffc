package io.orrery.sim.network;

/** Why a frame never reached its node. */
public enum Loss {
    /** The link lost it. */
    LOST,
    /** Bits were flipped on the way: it arrives all the same, and its receiver drops it by its checksum. */
    CORRUPT,
    /** It arrived, and its seal did not open: it was changed on its way, or came twice. */
    SEAL,
    /** A partition or a cut was in the way. */
    CUT,
    /** The receiver was down, or went down before it read the frame. */
    DOWN,
    /** The stream's connection broke: reset, timed out, or an end of it crashed. */
    BROKEN,
    /** Too much was on the way already; the sender was told. */
    REFUSED,
    /** The paused receiver's socket buffer was full. */
    OVERFLOWN
}
