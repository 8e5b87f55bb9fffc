package io.orrery.sim.run;

import io.orrery.kernel.NodeId;

/** What a workload with elections shows to those who hunt its nodes. Asked of nodes that are up, after their events. */
public interface Prey {
    /** The term that the node leads; 0 if it leads none. */
    long termLed(NodeId node);

    /** Up to where the node knows its log to be committed. */
    long committed(NodeId node);

    /** The latest term in which the node has told its vote to another; 0 for none. */
    long termVoted(NodeId node);

    /** How often the node has asked another to take over from it, since it started. */
    default long handovers(NodeId node) {
        return 0;
    }

    /** The term that the node stands for election in; 0 if it stands in none. */
    long termSought(NodeId node);

    /** Where in its log a leader has a change of members that it does not know to be committed; 0 for nowhere, or no leader. */
    long changeUnderWay(NodeId node);

    /** How often the node has cut off a suffix of its log in its present life. */
    long truncations(NodeId node);

    /** How long the group takes to notice that its leader is gone. */
    long electionNanos();
}
