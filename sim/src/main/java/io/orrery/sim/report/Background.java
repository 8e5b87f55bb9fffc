package io.orrery.sim.report;

import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.CutRow;
import io.orrery.sim.report.Recording.LifeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How things stood when the first recorded event began: what is left of the rows that are kept no more. Bounded by what
 * there is in the world at one moment.
 */
final class Background {
    private final TreeMap<Integer, LifeRow> lives = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<Integer, CutRow>> cuts = new TreeMap<>();
    private final TreeMap<Integer, TreeMap<String, ChangeRow>> states = new TreeMap<>();

    void add(Record row) {
        if (row instanceof LifeRow life) {
            lives.put(life.node(), life);
        } else if (row instanceof CutRow cut) {
            cuts.computeIfAbsent(cut.from(), from -> new TreeMap<>()).put(cut.to(), cut);
        } else if (row instanceof ChangeRow change) {
            states.computeIfAbsent(change.node(), node -> new TreeMap<>()).put(change.name(), change);
        }
    }

    /**
     * What is not as in a new world, as rows of the moment given: nodes that are down or paused, cuts, states.
     */
    List<Record> rows(long event, long nanos) {
        List<Record> rows = new ArrayList<>();
        lives.values().forEach(life -> {
            if (!life.turn().equals("boot") && !life.turn().equals("resume")) {
                rows.add(new LifeRow(event, nanos, life.node(), life.turn()));
            }
        });
        cuts.values()
                .forEach(row -> row.values().forEach(cut -> {
                    if (cut.isCut()) {
                        rows.add(new CutRow(event, nanos, cut.from(), cut.to(), true));
                    }
                }));
        states.values()
                .forEach(values -> values.values().forEach(change -> {
                    if (change.value() != null) {
                        rows.add(new ChangeRow(event, change.node(), change.name(), change.value()));
                    }
                }));
        return rows;
    }
}
