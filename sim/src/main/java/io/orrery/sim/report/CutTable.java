package io.orrery.sim.report;

import io.orrery.sim.network.Network;

/** Which directions are cut, as last seen; notices what has changed since, whoever changed it. */
final class CutTable {
    /** Is told of a direction that was cut or mended. */
    interface Sink {
        void onChange(int from, int to, boolean isCut);
    }

    private final Network network;
    private boolean[][] seen = {};

    CutTable(Network network) {
        this.network = network;
    }

    void look(Sink sink) {
        int size = network.size();
        if (seen.length < size) {
            grow(size);
        }
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                boolean isCut = from != to && network.isCut(from, to);
                if (isCut != seen[from][to]) {
                    seen[from][to] = isCut;
                    sink.onChange(from, to, isCut);
                }
            }
        }
    }

    private void grow(int size) {
        boolean[][] larger = new boolean[size][size];
        for (int from = 0; from < seen.length; from++) {
            System.arraycopy(seen[from], 0, larger[from], 0, seen.length);
        }
        seen = larger;
    }
}
