package io.orrery.sim;

import io.orrery.kernel.Channel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.Mark;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.sim.event.Agenda;
import io.orrery.sim.network.Loss;
import io.orrery.sim.network.Losses;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What people read of a run: one line per transition, and how often each mark was reached. Nothing flows back. */
final class Journal implements Losses {
    private final Agenda agenda;
    private final Map<Mark, long[]> marks = new LinkedHashMap<>();
    private Consumer<String> lines;
    private Consumer<String> events;
    private Observer[] observers = {};
    /** Those of them that hear transitions. */
    private Observer[] readers = {};
    /** Those that hear of the world and of lives only, so that nothing is put into words for them. */
    private Observer[] worldObservers = {};

    Journal(Agenda agenda) {
        this.agenda = agenda;
    }

    void add(Observer observer) {
        if (observer.isForWorldOnly()) {
            worldObservers = with(worldObservers, observer);
        } else {
            observers = with(observers, observer);
            readers = observer.hearsTransitions() ? with(readers, observer) : readers;
        }
    }

    private static Observer[] with(Observer[] present, Observer added) {
        Observer[] more = Arrays.copyOf(present, present.length + 1);
        more[present.length] = added;
        return more;
    }

    /** Whether somebody wants more than lines. */
    boolean isObserved() {
        return observers.length > 0;
    }

    void traceTo(Consumer<String> sink) {
        lines = sink;
    }

    /** Whether transitions go anywhere. */
    boolean isOn() {
        return lines != null || readers.length > 0;
    }

    void transition(NodeId node, String scope, String what, String why) {
        if (lines != null) {
            line(scope.isEmpty() ? node.name() : node.name() + " " + scope, what, why);
        }
        for (Observer observer : readers) {
            observer.onTransition(node, scope, what, why);
        }
    }

    void world(String what, String why) {
        line("world", what, why);
        for (Observer observer : observers) {
            observer.onWorld(what, why);
        }
        for (Observer observer : worldObservers) {
            observer.onWorld(what, why);
        }
    }

    void life(NodeId node, Observer.Life change, String why) {
        if (lines != null) {
            line(node.name(), change.word(), why);
        }
        for (Observer observer : observers) {
            observer.onLife(node, change);
        }
        for (Observer observer : worldObservers) {
            observer.onLife(node, change);
        }
    }

    void sent(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
        for (Observer observer : observers) {
            observer.onSend(message, from, to, channel, bytes, body);
        }
    }

    /** A frame will not arrive. */
    @Override
    public void lost(long message, Loss why) {
        for (Observer observer : observers) {
            observer.onLoss(message, why);
        }
    }

    private void line(String who, String what, String why) {
        if (lines != null) {
            lines.accept(time(agenda.nowNanos()) + " " + who + " " + what + (why.isEmpty() ? "" : " " + why));
        }
    }

    void eventsTo(Consumer<String> sink) {
        events = sink;
    }

    void event(long number, NodeId node, NodeEvent.Kind kind, String subject, long digest, long message) {
        for (Observer observer : observers) {
            observer.onEvent(number, node, kind, subject, message);
        }
        if (events != null) {
            events.accept(
                    time(agenda.nowNanos()) + " " + node + " " + kind + " " + subject + " " + TraceHash.hex(digest));
        }
    }

    void eventEnd(long number, NodeId node) {
        for (Observer observer : observers) {
            observer.onEventEnd(number, node);
        }
    }

    void reached(NodeId node, Mark mark) {
        for (Observer observer : observers) {
            observer.onMark(node, mark);
        }
        reached(mark);
    }

    /** Counts a situation that is no node's. */
    void reached(Mark mark) {
        long[] count = marks.get(mark);
        if (count == null) {
            count = new long[1];
            marks.put(mark, count);
        }
        count[0]++;
    }

    SortedMap<Mark, Long> marks() {
        TreeMap<Mark, Long> counts = new TreeMap<>();
        marks.forEach((mark, count) -> counts.put(mark, count[0]));
        return Collections.unmodifiableSortedMap(counts);
    }

    /** Seconds with six digits, right-aligned in twelve columns. */
    static String time(long nanos) {
        String micros = Long.toString(nanos / 1_000 % 1_000_000);
        String text = nanos / 1_000_000_000L + "." + "0".repeat(6 - micros.length()) + micros + "s";
        return " ".repeat(Math.max(0, 12 - text.length())) + text;
    }
}
