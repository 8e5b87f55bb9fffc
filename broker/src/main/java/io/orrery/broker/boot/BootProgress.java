package io.orrery.broker.boot;

import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * How far first boot is, for people.
 *
 * @param present nodes of no cluster that this one hears and that count, itself included
 * @param missing of those that are named, the ones that are not heard
 * @param refusal why the last node that did not fit did not; empty if none
 */
public record BootProgress(
        Phase phase, Electorate electorate, List<NodeId> present, List<NodeId> missing, String refusal) {
    /** In this order. */
    public enum Phase {
        /** The disk has not answered yet. */
        READING,
        /** Looks for others. */
        WAITING,
        /** A ballot of its own is under way. */
        BALLOT,
        /** It is of a cluster. */
        SETTLED
    }

    /** One line. */
    public String text() {
        return switch (phase) {
            case READING -> "the node's disk has not answered yet";
            case WAITING -> waiting() + (refusal.isEmpty() ? "" : "; " + refusal);
            case BALLOT -> "forms a cluster with " + present;
            case SETTLED -> "";
        };
    }

    private String waiting() {
        if (!electorate.forms()) {
            return "no node of a cluster has answered yet; if there is none to join, form one here: orrery cluster init";
        }
        int seen = present.size();
        String words = seen + " of " + electorate.expected() + " expected nodes seen " + present;
        if (seen >= electorate.expected()) {
            return words + ": about to form a cluster";
        }
        int more = electorate.quorum() - seen;
        String whom = electorate.isNamed() ? missing.toString() : (electorate.expected() - seen) + " more";
        return words + ": waiting for " + whom
                + (electorate.isNamed() && more > 0 ? ", of which " + more + " must come" : "");
    }
}
