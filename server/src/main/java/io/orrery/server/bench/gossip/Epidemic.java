package io.orrery.server.bench.gossip;

import io.orrery.gossip.swim.RumourQueue;
import io.orrery.kernel.Prng;
import java.util.Arrays;

/**
 * One rumour in synchronous rounds, without any protocol around it: the oracle for dissemination. In each round every node that
 * knows the rumour, and has sends left, tells distinct random others, up to the fan-out; each telling is lost with the same
 * chance; who is told knows from the next round on.
 */
final class Epidemic {
    /**
     * How it ended.
     *
     * @param reached nodes that know
     * @param rounds until the last of them knew
     */
    record End(int reached, int rounds) {}

    private final int nodes;
    private final int fanout;
    private final int lossPpm;
    private final Prng luck;
    private final int[] sendsLeft;
    /** Nodes that know, in the order in which they learned it. */
    private final int[] informed;

    private final boolean[] knows;

    /**
     * @param mult of the retransmit limit, as configured
     */
    Epidemic(int nodes, int fanout, int mult, int lossPpm, Prng luck) {
        this.nodes = nodes;
        this.fanout = fanout;
        this.lossPpm = lossPpm;
        this.luck = luck;
        sendsLeft = new int[nodes];
        informed = new int[nodes];
        knows = new boolean[nodes];
        Arrays.fill(sendsLeft, RumourQueue.transmitsMax(mult, nodes));
        knows[0] = true;
    }

    End run() {
        int reached = 1;
        int lastRound = 0;
        boolean isActive = true;
        for (int round = 1; isActive && reached < nodes; round++) {
            isActive = false;
            int atStart = reached;
            for (int i = 0; i < atStart; i++) {
                int sends = Math.min(Math.min(fanout, nodes - 1), sendsLeft[informed[i]]);
                isActive |= sends > 0;
                reached = tell(informed[i], sends, reached);
            }
            lastRound = reached > atStart ? round : lastRound;
        }
        return new End(reached, lastRound);
    }

    private int tell(int from, int sends, int reached) {
        int[] told = new int[sends];
        int now = reached;
        for (int i = 0; i < sends; i++) {
            told[i] = another(from, told, i);
            if (!luck.chance(lossPpm) && !knows[told[i]]) {
                knows[told[i]] = true;
                informed[now++] = told[i];
            }
        }
        sendsLeft[from] -= sends;
        return now;
    }

    private int another(int from, int[] told, int count) {
        while (true) {
            int node = luck.below(nodes);
            boolean isTaken = node == from;
            for (int i = 0; i < count; i++) {
                isTaken |= told[i] == node;
            }
            if (!isTaken) {
                return node;
            }
        }
    }
}
