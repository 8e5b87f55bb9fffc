package io.orrery.sim.coverage;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.Loss;
import io.orrery.sim.network.Network;
import java.util.Arrays;

/**
 * Sketches a run while it goes on: after each event at which the abstraction's pulse of its node beats, or that follows a fault or
 * a turn in a node's life, and else after each {@link #SAMPLE_EVENTS} events. To the abstraction's features it adds which nodes are up and paused, which are cut off from some
 * or all of the others, and what is on its way.
 *
 * <p>Changes nothing of the run, which {@code CoverageCost} among the tests puts a price on.
 */
public final class CoverageProbe implements Observer {
    /** A sketch each so many events at least. */
    public static final int SAMPLE_EVENTS = 64;

    private static final int UP = 1;
    private static final int PAUSED = 2;
    private static final int REACHABLE = 0;
    private static final int APART = 1;
    private static final int ALONE = 2;

    private final Simulation sim;
    private final Abstraction abstraction;
    private final long salt;
    private final AbstractState state = new AbstractState();
    private final InFlight inFlight = new InFlight();
    private byte[] lives = new byte[8];
    private long[] pulses = new long[8];
    private int wait = 1;
    /** By node, how far it and the others reach each other, since the last cut or mend. */
    private int[] reach = {};

    private long reachChanges;

    private long[] table = new long[256];
    private long[] states = new long[64];
    private long[] events = new long[64];
    private long[] nanos = new long[64];
    private int size;

    private CoverageProbe(Simulation sim, String workload, Abstraction abstraction) {
        this.sim = sim;
        this.abstraction = abstraction;
        this.salt = workload.hashCode();
    }

    /** Watches a run that has not begun. */
    public static CoverageProbe of(Simulation sim, String workload, Abstraction abstraction) {
        CoverageProbe probe = new CoverageProbe(sim, workload, abstraction);
        sim.observe(probe);
        return probe;
    }

    @Override
    public boolean hearsTransitions() {
        return false;
    }

    @Override
    public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
        inFlight.sent(message, abstraction.kindOf(body));
    }

    @Override
    public void onEvent(long event, NodeId node, NodeEvent.Kind kind, String subject, long message) {
        if (message > 0) {
            inFlight.ended(message);
        }
    }

    @Override
    public void onLoss(long message, Loss why) {
        inFlight.ended(message);
    }

    @Override
    public void onLife(NodeId node, Life change) {
        int index = sim.network().indexOf(node);
        if (index >= lives.length) {
            lives = Arrays.copyOf(lives, Math.max(index + 1, lives.length * 2));
            pulses = Arrays.copyOf(pulses, lives.length);
        }
        lives[index] = (byte)
                switch (change) {
                    case BOOT, RESUME -> UP;
                    case PAUSE -> UP | PAUSED;
                    case CRASH -> 0;
                };
        wait = 1;
    }

    @Override
    public void onWorld(String what, String why) {
        wait = 1;
    }

    @Override
    public void onEventEnd(long event, NodeId node) {
        int index = sim.network().indexOf(node);
        long pulse = sim.isUp(node) ? abstraction.pulse(node) : 0;
        boolean beats = pulse != pulses[index];
        pulses[index] = pulse;
        if (--wait <= 0 || beats) {
            wait = SAMPLE_EVENTS;
            note(sketch(), event);
        }
    }

    private long sketch() {
        // While nodes are added there are fewer than the network has.
        int count = sim.nodes().size();
        state.clear(count);
        state.world(salt);
        state.world(inFlight.present());
        if (reach.length != count || reachChanges != sim.network().cutChanges()) {
            lookAtReach(count);
        }
        for (int index = 0; index < count; index++) {
            state.node(index, lives[index] | reach[index]);
        }
        abstraction.sketch(sim, state);
        return state.value();
    }

    private void lookAtReach(int count) {
        Network network = sim.network();
        reachChanges = network.cutChanges();
        reach = new int[count];
        for (int index = 0; index < count; index++) {
            int cut = 0;
            for (int other = 0; other < count; other++) {
                cut += other != index && (network.isCut(index, other) || network.isCut(other, index)) ? 1 : 0;
            }
            reach[index] = (cut == 0 ? REACHABLE : cut == count - 1 ? ALONE : APART) << 4;
        }
    }

    private void note(long value, long event) {
        int mask = table.length - 1;
        int slot = (int) (value ^ value >>> 32) & mask;
        while (table[slot] != 0 && table[slot] != value) {
            slot = slot + 1 & mask;
        }
        if (table[slot] == value || size == Footprint.STATES_MAX) {
            return;
        }
        table[slot] = value;
        if (size == states.length) {
            states = Arrays.copyOf(states, size * 2);
            events = Arrays.copyOf(events, size * 2);
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        states[size] = value;
        nanos[size] = sim.nowNanos();
        events[size++] = event;
        if (size > table.length / 2) {
            rehash();
        }
    }

    private void rehash() {
        table = new long[table.length * 2];
        int mask = table.length - 1;
        for (int i = 0; i < size; i++) {
            int slot = (int) (states[i] ^ states[i] >>> 32) & mask;
            while (table[slot] != 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = states[i];
        }
    }

    /** What was seen so far. */
    public Footprint footprint() {
        return new Footprint(Arrays.copyOf(states, size), Arrays.copyOf(events, size), Arrays.copyOf(nanos, size));
    }
}
