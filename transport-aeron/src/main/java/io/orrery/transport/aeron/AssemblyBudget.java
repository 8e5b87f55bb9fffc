package io.orrery.transport.aeron;

import io.orrery.kernel.Check;

/** Memory that large frames under assembly may take, all sessions together. */
final class AssemblyBudget {
    private final long bytesMax;
    private long bytes;

    AssemblyBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Whether there was room. */
    boolean maybeTake(int count) {
        if (count > bytesMax - bytes) {
            return false;
        }
        bytes += count;
        return true;
    }

    void giveBack(int count) {
        bytes -= count;
        Check.that(bytes >= 0, "no more is given back than was taken", bytes, count);
    }

    long bytes() {
        return bytes;
    }
}
