package io.orrery.broker.boot;

import java.util.List;

/**
 * What nodes say to each other at first boot; protocol 11, on streams. The names of the steps are those of Lamport's "Paxos Made
 * Simple" (2001), section 2.2.
 */
public sealed interface BootMessage {
    /**
     * The sender is of no cluster, and looks for others.
     *
     * @param electorate who forms a cluster, as it was told
     * @param address where it can be reached; empty where a name is enough
     * @param starters others of no cluster that it knows of
     */
    record Hello(Electorate electorate, String address, List<Starter> starters) implements BootMessage {}

    /** Phase 1a: promise to take part in no earlier ballot. */
    record Prepare(Electorate electorate, Ballot ballot) implements BootMessage {}

    /**
     * Phase 1b: promised, durably.
     *
     * @param disk mark of the sender's disk
     * @param acceptedIn the highest ballot in which the sender has accepted something; null if none
     * @param accepted what; null if nothing
     */
    record Promise(Ballot ballot, long disk, Ballot acceptedIn, Founding accepted) implements BootMessage {}

    /** Phase 2a: accept this. */
    record Accept(Ballot ballot, Founding founding) implements BootMessage {}

    /** Phase 2b: accepted, durably. */
    record Accepted(Ballot ballot) implements BootMessage {}

    /** The sender has promised this higher ballot. */
    record Outbid(Ballot promised) implements BootMessage {}

    /**
     * The sender is of a cluster, and the receiver may join it.
     *
     * @param address where the sender can be reached
     */
    record Formed(Founding founding, String address) implements BootMessage {}

    /** The sender will form no cluster with the receiver, for this reason. */
    record Refused(String reason) implements BootMessage {}
}
