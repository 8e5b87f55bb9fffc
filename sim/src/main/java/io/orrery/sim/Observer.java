package io.orrery.sim;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.network.Loss;

/**
 * Hears what happens in a run, as data. Watching changes nothing: an observer may look at the {@link Simulation} and must
 * not touch it. World time and the number of the present event are {@link Simulation#nowNanos} and
 * {@link Simulation#eventCount}.
 *
 * <p>Causes: an event follows the event before it on its node and, if it delivers a message, the event that sent it.
 */
public interface Observer {
    /** Whether it hears of the world and of nodes' lives and of nothing else: then it costs a run nothing. Asked once. */
    default boolean isForWorldOnly() {
        return false;
    }

    /** Whether it hears of transitions. If nobody does, protocols need not put them into words. Asked once. */
    default boolean hearsTransitions() {
        return true;
    }

    /**
     * An event of a node begins.
     *
     * @param event its number in the run, from 1
     * @param subject the timer's name, the file, the sender
     * @param message the frame that it delivers, as in {@link #onSend}; 0 if none, or if the node sent it to itself
     */
    default void onEvent(long event, NodeId node, NodeEvent.Kind kind, String subject, long message) {}

    /** The event that began last has run, and what it did was checked. */
    default void onEventEnd(long event, NodeId node) {}

    /**
     * A frame is offered to the network, within the present event.
     *
     * @param message its number in the run, from 1; a duplicated frame arrives twice under it
     * @param bytes of the whole frame
     * @param body the message itself, an immutable record
     */
    default void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {}

    /** A frame, or one copy of it, will not arrive. */
    default void onLoss(long message, Loss why) {}

    /** A protocol noted a transition; scope is empty for the root. */
    default void onTransition(NodeId node, String scope, String what, String why) {}

    /** A protocol reached a rare situation. */
    default void onMark(NodeId node, Mark mark) {}

    /** Something of the world: a fault, an operation of the workload, calm, a failure. */
    default void onWorld(String what, String why) {}

    /** A node's life took a turn. */
    default void onLife(NodeId node, Life change) {}

    /** A turn in a node's life. */
    enum Life {
        BOOT("boot"),
        CRASH("crash"),
        PAUSE("pause"),
        RESUME("resume");

        private final String word;

        Life(String word) {
            this.word = word;
        }

        /** As traces have it. */
        public String word() {
            return word;
        }
    }
}
