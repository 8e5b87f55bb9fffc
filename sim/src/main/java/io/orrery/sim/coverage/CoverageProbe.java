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
 * Sketches a run while it goes on: after each {@link #SAMPLE_EVENTS} events, and after the first event that follows a fault or
 * a turn in a node's life. To the abstraction's features it adds which nodes are up and paused, whether each reaches all
 * others, most, some or none, and is reached by them, and what is on its way.
 *
 * <p>Changes nothing of the run, which {@code CoverageCost} among the tests puts a price on.
 */
public final class CoverageProbe implements Observer {
    /** A sketch each so many events. */
    public static final int SAMPLE_EVENTS = 4;

    private static final int UP = 1;
    private static final int PAUSED = 2;
    private static final int MOST = 1;
    private static final int SOME = 2;
    private static final int ALONE = 3;

    private final Simulation sim;
    private final Abstraction abstraction;
    private final long salt;
    private final AbstractState state = new AbstractState();
    private final InFlight inFlight = new InFlight();
    private byte[] lives = new byte[8];
    private int wait = 1;

    private long[] table = new long[256];
    private long[] states = new long[64];
    private long[] events = new long[64];
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
        if (--wait <= 0) {
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
        Network network = sim.network();
        for (int index = 0; index < count; index++) {
            int reaches = 0;
            int reachedBy = 0;
            for (int other = 0; other < count; other++) {
                reaches += other != index && !network.isCut(index, other) ? 1 : 0;
                reachedBy += other != index && !network.isCut(other, index) ? 1 : 0;
            }
            state.node(index, lives[index] | reach(reaches, count) << 4 | reach(reachedBy, count) << 8);
        }
        abstraction.sketch(sim, state);
        return state.value();
    }

    /** All others, a majority with itself, some, or none. */
    private static int reach(int others, int count) {
        if (others == count - 1) {
            return 0;
        }
        return others == 0 ? ALONE : 2 * (others + 1) > count ? MOST : SOME;
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
        }
        states[size] = value;
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
        return new Footprint(Arrays.copyOf(states, size), Arrays.copyOf(events, size));
    }
}
