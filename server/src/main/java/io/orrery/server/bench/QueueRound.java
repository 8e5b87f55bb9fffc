package io.orrery.server.bench;

import io.orrery.kernel.Prng;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.event.WorldEvent;

/**
 * The simulator without anything to simulate: entries come due, are folded into the trace hash as an event of a node is
 * (its time, its digest), and are put on the agenda again.
 */
final class QueueRound {
    /** About as many as wait in a cluster of five nodes. */
    static final int WAITING = 64;

    private static final int DELAYS = 1024;
    private static final int DELAY_NANOS_MAX = 1_000_000;

    private final long events;

    QueueRound(long events) {
        this.events = events;
    }

    SimWork run() {
        Agenda agenda = new Agenda(1);
        long[] delays = new long[DELAYS];
        Prng luck = new Prng(1);
        for (int i = 0; i < DELAYS; i++) {
            delays[i] = 1 + luck.below(DELAY_NANOS_MAX);
        }
        Entry entry = new Entry();
        for (int i = 0; i < WAITING; i++) {
            agenda.push(delays[i], entry);
        }
        for (long i = 0; i < events; i++) {
            ((WorldEvent) agenda.pop()).happen(agenda.poppedSequence());
            agenda.fold(agenda.nowNanos());
            agenda.fold(entry.digest);
            agenda.push(agenda.nowNanos() + delays[(int) (i % DELAYS)], entry);
        }
        return new SimWork(1, 0, events, agenda.nowNanos(), agenda.hash());
    }

    private static final class Entry extends WorldEvent {
        private long digest;

        @Override
        public void happen(long sequence) {
            digest = sequence;
        }
    }
}
