package io.orrery.sim.journal;

import io.orrery.kernel.journal.Cycle;
import io.orrery.kernel.journal.NodeHash;
import io.orrery.kernel.journal.Tape;

/** Says what the outside said then. */
final class ReplayTape implements Tape {
    private final NodeHash hash;
    private long[] noes = new long[0];
    private long asked;
    private int noesGiven;

    ReplayTape(NodeHash hash) {
        this.hash = hash;
    }

    void begin(Cycle cycle) {
        noes = cycle.noes();
        asked = 0;
        noesGiven = 0;
    }

    /** Whether each no of the cycle found its question. */
    boolean isUsedUp() {
        return noesGiven == noes.length;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public boolean answer(boolean actual) {
        boolean isNo = noesGiven < noes.length && noes[noesGiven] == asked;
        asked++;
        if (isNo) {
            noesGiven++;
        }
        return !isNo;
    }

    @Override
    public void input(byte[] array, int offset, int length) {
        hash.input(array, offset, length);
    }

    @Override
    public void effect(long digest) {
        hash.effect(digest);
    }

    @Override
    public NodeHash hash() {
        return hash;
    }
}
