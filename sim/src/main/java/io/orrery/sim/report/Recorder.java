package io.orrery.sim.report;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.trace.Mark;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.Loss;
import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.CutRow;
import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LifeRow;
import io.orrery.sim.report.Recording.LineRow;
import io.orrery.sim.report.Recording.MarkRow;
import io.orrery.sim.state.StateText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records a window of a run: {@code sim.observe(recorder)}, before its first node is added.
 *
 * <ul>
 *   <li>I1: at most {@code window.eventsMax()} events are kept, and at most {@value #UNDER_WAY_MAX} messages whose end is
 *       not known; of an older message only its number remains.
 *   <li>I2: what is kept no more leaves its trace in the background, so that lives, cuts and states are right from the
 *       first kept event on.
 * </ul>
 */
public final class Recorder implements Observer {
    /** A message's text is cut to so many characters. */
    static final int BODY_LENGTH_MAX = 600;

    private static final int VALUE_LENGTH_MAX = 400;
    private static final int UNDER_WAY_MAX = 100_000;

    private final Simulation sim;
    private final Window window;
    private final List<NodeId> nodes = new ArrayList<>();
    private final Map<NodeId, Integer> indexes = new TreeMap<>();
    private final List<Map<String, String>> states = new ArrayList<>();
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private final LinkedHashMap<Long, Sent> underWay = new LinkedHashMap<>();
    private final Background background = new Background();
    private final CutTable cuts;
    private boolean isOver;
    private NodeId undescribed;

    public Recorder(Simulation sim, Window window) {
        this.sim = sim;
        this.window = window;
        this.cuts = new CutTable(sim.network());
    }

    private boolean isRecording() {
        return !isOver && !slots.isEmpty();
    }

    private int index(NodeId node) {
        Integer known = indexes.get(node);
        if (known == null) {
            known = nodes.size();
            indexes.put(node, known);
            nodes.add(node);
            states.add(new LinkedHashMap<>());
        }
        return known;
    }

    /** Keeps a row with the present event, or only what it leaves behind, when no event is recorded yet. */
    private void add(Record row) {
        if (isRecording()) {
            slots.peekLast().rows().add(row);
        } else if (!isOver) {
            background.add(row);
        }
    }

    @Override
    public void onEvent(long event, NodeId node, NodeEvent.Kind kind, String subject, long message) {
        settle();
        Sent delivered = underWay.get(message);
        if (delivered != null) {
            delivered.onDelivery();
        }
        long now = sim.nowNanos();
        if (!window.isBeforeEnd(event, now) || (window.keepsFirst() && slots.size() == window.eventsMax())) {
            isOver = true;
        }
        if (isOver || !window.isAfterBegin(event, now)) {
            return;
        }
        if (slots.isEmpty()) {
            nodes.forEach(this::describe);
        } else if (slots.size() == window.eventsMax()) {
            forget(slots.pollFirst());
        }
        slots.add(new Slot(new EventRow(event, now, index(node), word(kind), subject, message), delivered));
        undescribed = node;
        Check.that(slots.size() <= window.eventsMax(), "I1: no more events are kept than asked for", slots.size());
    }

    private void forget(Slot oldest) {
        oldest.rows().forEach(background::add);
        for (Sent sent : oldest.sent()) {
            if (sent.isSettled()) {
                underWay.remove(sent.id());
            }
        }
    }

    @Override
    public void onEventEnd(long event, NodeId node) {
        settle();
    }

    /** The last event is over, even if it broke something: takes down what it changed. */
    private void settle() {
        if (undescribed != null) {
            describe(undescribed);
            undescribed = null;
        }
        lookAtCuts();
    }

    private void lookAtCuts() {
        if (!isOver) {
            cuts.look((from, to, isCut) -> add(new CutRow(sim.eventCount(), sim.nowNanos(), from, to, isCut)));
        }
    }

    private void describe(NodeId node) {
        StateText text = new StateText();
        if (sim.isUp(node)) {
            sim.describe(node, text);
        }
        int index = index(node);
        Map<String, String> before = states.get(index);
        Map<String, String> now = text.values();
        now.forEach((name, value) -> {
            String cut = Texts.cut(value, VALUE_LENGTH_MAX);
            if (!cut.equals(before.get(name))) {
                before.put(name, cut);
                add(new ChangeRow(sim.eventCount(), index, name, cut));
            }
        });
        if (before.size() > now.size()) {
            dropMissing(index, before, now);
        }
    }

    private void dropMissing(int index, Map<String, String> before, Map<String, String> now) {
        Iterator<String> names = before.keySet().iterator();
        while (names.hasNext()) {
            String name = names.next();
            if (!now.containsKey(name)) {
                names.remove();
                add(new ChangeRow(sim.eventCount(), index, name, null));
            }
        }
    }

    @Override
    public void onSend(long message, NodeId from, NodeId to, Channel channel, int bytes, Object body) {
        if (isOver) {
            return;
        }
        Sent sent = new Sent(
                message,
                sim.eventCount(),
                sim.nowNanos(),
                index(from),
                index(to),
                channel,
                bytes,
                Texts.cut(String.valueOf(body), BODY_LENGTH_MAX));
        underWay.put(message, sent);
        if (underWay.size() > UNDER_WAY_MAX) {
            underWay.remove(underWay.keySet().iterator().next());
        }
        if (isRecording()) {
            slots.peekLast().sent().add(sent);
        }
    }

    @Override
    public void onLoss(long message, Loss why) {
        Sent sent = underWay.get(message);
        if (sent != null) {
            sent.onLoss(why, sim.nowNanos());
        }
    }

    @Override
    public void onTransition(NodeId node, String scope, String what, String why) {
        add(new LineRow(sim.eventCount(), sim.nowNanos(), index(node), scope, what, Texts.cut(why, BODY_LENGTH_MAX)));
    }

    @Override
    public void onMark(NodeId node, Mark mark) {
        add(new MarkRow(sim.eventCount(), index(node), mark.name()));
    }

    @Override
    public void onWorld(String what, String why) {
        lookAtCuts();
        add(new LineRow(sim.eventCount(), sim.nowNanos(), Recording.WORLD, "", what, Texts.cut(why, BODY_LENGTH_MAX)));
    }

    @Override
    public void onLife(NodeId node, Life change) {
        lookAtCuts();
        add(new LifeRow(sim.eventCount(), sim.nowNanos(), index(node), change.word()));
        if (change == Life.CRASH) {
            Map<String, String> gone = states.get(index(node));
            gone.keySet().forEach(name -> add(new ChangeRow(sim.eventCount(), index(node), name, null)));
            gone.clear();
        }
    }

    /** What was recorded; to be asked when the run is over. */
    public Recording recording(RunFacts facts) {
        settle();
        RecordingBuilder builder = new RecordingBuilder(nodes);
        if (!slots.isEmpty()) {
            EventRow first = slots.peekFirst().event();
            background.rows(first.number() - 1, first.nanos()).forEach(builder::add);
        }
        slots.forEach(builder::add);
        return builder.build(facts);
    }

    private static String word(NodeEvent.Kind kind) {
        return switch (kind) {
            case START -> "start";
            case DELIVER -> "deliver";
            case EXPIRE -> "expire";
            case COMPLETE -> "complete";
            case DEFERRED -> "deferred";
            case OUTSIDE -> "outside";
        };
    }
}
