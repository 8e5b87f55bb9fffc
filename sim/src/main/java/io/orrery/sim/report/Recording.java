package io.orrery.sim.report;

import java.util.List;

/**
 * What a report knows of a run, or of a part of it: events and all that happened in them, oldest first.
 *
 * <ul>
 *   <li>I1: every list is in the order in which things happened; rows of one event share its number.
 *   <li>I2: nodes are indexes into {@code nodes}; {@link #WORLD} stands for none.
 *   <li>I3: states are changes only: a node's value is the last one at or before the event asked about.
 * </ul>
 *
 * @param facts of the whole run, for the page's head
 * @param eventsBefore events of the run before those recorded
 * @param eventsAfter events of the run after them
 * @param nodes by name
 * @param messages sent or delivered in the events recorded, by number
 * @param lines transitions that protocols noted, and what the world did
 * @param cuts directions between two nodes that were cut or mended
 * @param changes of the nodes' described states
 */
public record Recording(
        RunFacts facts,
        long eventsBefore,
        long eventsAfter,
        List<String> nodes,
        List<EventRow> events,
        List<MessageRow> messages,
        List<LineRow> lines,
        List<MarkRow> marks,
        List<LifeRow> lives,
        List<CutRow> cuts,
        List<ChangeRow> changes) {
    /** In place of a node: the world. */
    public static final int WORLD = -1;

    /**
     * An event of a node.
     *
     * @param number in the run, from 1
     * @param nanos world time
     * @param kind as {@link io.orrery.kernel.loop.NodeEvent.Kind} names it, in lower case
     * @param message that it delivers; 0 if none
     */
    public record EventRow(long number, long nanos, int node, String kind, String subject, long message) {}

    /**
     * A frame offered to the network.
     *
     * @param id its number in the run, from 1
     * @param event in which it was sent
     * @param nanos world time then
     * @param isStream by stream, else by datagram
     * @param body the message as text, cut to a length
     * @param loss why it, or a copy, did not arrive; empty if it did, or is on the way still
     * @param lossNanos world time then; 0 if there was none
     */
    public record MessageRow(
            long id,
            long event,
            long nanos,
            int from,
            int to,
            int protocol,
            long group,
            boolean isStream,
            int bytes,
            String body,
            String loss,
            long lossNanos) {
        /** What kind of message it is: its text up to the first bracket. */
        public String kind() {
            for (int i = 0; i < body.length(); i++) {
                char c = body.charAt(i);
                if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.') {
                    return i == 0 ? "message" : body.substring(0, i);
                }
            }
            return body.isEmpty() ? "message" : body;
        }

        MessageRow shortened(int lengthMax) {
            String text = Texts.cut(body, Math.max(lengthMax, kind().length() + 1));
            return new MessageRow(id, event, nanos, from, to, protocol, group, isStream, bytes, text, loss, lossNanos);
        }
    }

    /** A transition of a node, or something of the world: a fault, an operation, the failure. */
    public record LineRow(long event, long nanos, int node, String scope, String what, String why) {}

    /** A rare situation that a node reached. */
    public record MarkRow(long event, int node, String mark) {}

    /** A turn in a node's life: boot, crash, pause or resume. */
    public record LifeRow(long event, long nanos, int node, String turn) {}

    /** From here on nothing gets from one node to another, or gets there again. */
    public record CutRow(long event, long nanos, int from, int to, boolean isCut) {}

    /** A value of a node's described state has changed; null if it is described no more. */
    public record ChangeRow(long event, int node, String name, String value) {}

    Recording messages(List<MessageRow> others) {
        return new Recording(
                facts, eventsBefore, eventsAfter, nodes, events, others, lines, marks, lives, cuts, changes);
    }

    /** The event of that number; null if it was not recorded. */
    public EventRow event(long number) {
        if (events.isEmpty()) {
            return null;
        }
        long index = number - events.get(0).number();
        return index >= 0 && index < events.size() ? events.get((int) index) : null;
    }
}
