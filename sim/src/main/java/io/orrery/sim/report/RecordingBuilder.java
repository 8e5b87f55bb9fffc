package io.orrery.sim.report;

import io.orrery.kernel.NodeId;
import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.CutRow;
import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LifeRow;
import io.orrery.sim.report.Recording.LineRow;
import io.orrery.sim.report.Recording.MarkRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Sorts what was recorded into the lists of a {@link Recording}. */
final class RecordingBuilder {
    private final List<String> nodes;
    private final List<EventRow> events = new ArrayList<>();
    private final TreeMap<Long, MessageRow> messages = new TreeMap<>();
    private final List<LineRow> lines = new ArrayList<>();
    private final List<MarkRow> marks = new ArrayList<>();
    private final List<LifeRow> lives = new ArrayList<>();
    private final List<CutRow> cuts = new ArrayList<>();
    private final List<ChangeRow> changes = new ArrayList<>();

    RecordingBuilder(List<NodeId> nodes) {
        this.nodes = nodes.stream().map(NodeId::name).toList();
    }

    void add(Slot slot) {
        events.add(slot.event());
        if (slot.delivered() != null) {
            messages.put(slot.delivered().id(), slot.delivered().row());
        }
        slot.sent().forEach(sent -> messages.put(sent.id(), sent.row()));
        slot.rows().forEach(this::add);
    }

    void add(Record row) {
        if (row instanceof LineRow line) {
            lines.add(line);
        } else if (row instanceof MarkRow mark) {
            marks.add(mark);
        } else if (row instanceof LifeRow life) {
            lives.add(life);
        } else if (row instanceof CutRow cut) {
            cuts.add(cut);
        } else {
            changes.add((ChangeRow) row);
        }
    }

    Recording build(RunFacts facts) {
        long first = events.isEmpty() ? 1 : events.get(0).number();
        long last = events.isEmpty() ? 0 : events.get(events.size() - 1).number();
        return new Recording(
                facts,
                first - 1,
                Math.max(0, facts.events() - last),
                nodes,
                List.copyOf(events),
                List.copyOf(messages.values()),
                List.copyOf(lines),
                List.copyOf(marks),
                List.copyOf(lives),
                List.copyOf(cuts),
                List.copyOf(changes));
    }
}
