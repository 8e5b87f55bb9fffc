package io.orrery.sim.network;

import java.util.Arrays;

/**
 * Which nodes of a split network cannot reach which: a place for each node, and a rule about places. Nodes that nobody
 * placed, and nodes added later, have place 0.
 */
final class Split {
    /** What the places mean. */
    enum Rule {
        /** Places are groups; nothing gets from one to another. */
        GROUPS,
        /** Nothing gets from place 1 to place 2; all else does. */
        ONE_WAY,
        /** Places are groups, and place 1 is a node that all of them see. */
        BRIDGE,
        /** Places count around a ring from 1; each sees its two neighbours. Place 0 sees place 0. */
        RING
    }

    private final Rule rule;
    private final int[] places;
    private final int last;

    Split(Rule rule, int[] places) {
        this.rule = rule;
        this.places = places.clone();
        this.last = Arrays.stream(places).max().orElse(0);
    }

    /** Whether nothing gets from one node to the other. */
    boolean separates(int from, int to) {
        int left = place(from);
        int right = place(to);
        return switch (rule) {
            case GROUPS -> left != right;
            case ONE_WAY -> left == 1 && right == 2;
            case BRIDGE -> left != right && left != 1 && right != 1;
            case RING -> left != right && !areNeighbours(left, right);
        };
    }

    private boolean areNeighbours(int left, int right) {
        int apart = Math.abs(left - right);
        return left > 0 && right > 0 && (apart == 1 || apart == last - 1);
    }

    private int place(int node) {
        return node < places.length ? places[node] : 0;
    }
}
