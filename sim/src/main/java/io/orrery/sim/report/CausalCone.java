package io.orrery.sim.report;

import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events that can have had a part in an event: Lamport's happened-before. An event follows the one before it on its
 * node, and the one that sent the message which it delivers. A crash cuts no such tie, as a disk outlives it.
 */
public final class CausalCone {
    private final Recording recording;
    private final BitSet events;

    private CausalCone(Recording recording, BitSet events) {
        this.recording = recording;
        this.events = events;
    }

    /** The cone of an event, itself included; empty if the event was not recorded. */
    public static CausalCone of(Recording recording, long event) {
        BitSet cone = new BitSet();
        EventRow tip = recording.event(event);
        if (tip != null) {
            Map<Long, Long> senders = new TreeMap<>();
            for (MessageRow message : recording.messages()) {
                senders.put(message.id(), message.event());
            }
            long first = recording.events().get(0).number();
            fill(recording, cone, (int) (event - first), senders);
        }
        return new CausalCone(recording, cone);
    }

    /** Walks back from the tip; a node that has an event in the cone has all its earlier ones there too. */
    private static void fill(Recording recording, BitSet cone, int tip, Map<Long, Long> senders) {
        boolean[] isReached = new boolean[recording.nodes().size()];
        BitSet sends = new BitSet();
        sends.set(tip);
        long first = recording.events().get(0).number();
        for (int i = tip; i >= 0; i--) {
            EventRow event = recording.events().get(i);
            if (!isReached[event.node()] && !sends.get(i)) {
                continue;
            }
            isReached[event.node()] = true;
            cone.set(i);
            Long sender = event.message() == 0 ? null : senders.get(event.message());
            if (sender != null && sender >= first) {
                sends.set((int) (sender - first));
            }
        }
    }

    public boolean contains(long event) {
        return !recording.events().isEmpty()
                && event >= recording.events().get(0).number()
                && events.get((int) (event - recording.events().get(0).number()));
    }

    /** How many events it has. */
    public int size() {
        return events.cardinality();
    }

    /** How many nodes have events in it. */
    public int nodeCount() {
        boolean[] seen = new boolean[recording.nodes().size()];
        events.stream().forEach(i -> seen[recording.events().get(i).node()] = true);
        int count = 0;
        for (boolean isSeen : seen) {
            count += isSeen ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return size() + " events on " + nodeCount() + " nodes "
                + Arrays.toString(events.stream().limit(8).toArray());
    }
}
