package io.orrery.sim.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides as a log says: the n-th choice of a stream is the n-th of its track, so that a choice more or less on one stream
 * shifts no other. The first choice that does not fit the log is told; from there on the run is another one, which still
 * follows the log wherever it can.
 *
 * <ul>
 *   <li>I1: a choice that the log does not answer is the one drawn.
 * </ul>
 */
public final class DecisionReplay implements Tape {
    private final DecisionLog log;
    private final Consumer<Misfit> onMisfit;
    /** Positions in the log, by track. */
    private final List<int[]> positions = new ArrayList<>();

    private int[] next;
    private int made;
    private boolean hasMisfit;

    /**
     * The first choice that does not fit.
     *
     * @param index of the choice in the run, from 0
     * @param stream that asked
     * @param bound that it asked with
     * @param why it does not fit, in words
     */
    public record Misfit(int index, String stream, long bound, String why) {
        @Override
        public String toString() {
            return "choice " + index + " of the run, by '" + stream + "' below " + bound + ": " + why;
        }
    }

    /**
     * @param onMisfit is told of the first choice that does not fit, while it is made
     */
    public DecisionReplay(DecisionLog log, Consumer<Misfit> onMisfit) {
        this.log = log;
        this.onMisfit = onMisfit;
        int[] counts = new int[log.labels().size()];
        for (int i = 0; i < log.size(); i++) {
            counts[log.track(i)]++;
        }
        for (int count : counts) {
            positions.add(new int[count]);
        }
        next = new int[counts.length];
        for (int i = 0; i < log.size(); i++) {
            int track = log.track(i);
            positions.get(track)[next[track]++] = i;
        }
        next = new int[counts.length];
    }

    @Override
    public long choose(ChoiceStream stream, long bound, long drawn) {
        if (!stream.hasTrack()) {
            stream.track(log.findTrack(stream.label()));
        }
        int index = made++;
        int track = stream.track();
        boolean isOver = track < 0 || next[track] >= positions.get(track).length;
        int position = isOver ? -1 : positions.get(track)[next[track]++];
        if (!hasMisfit) {
            check(index, position, stream, bound);
        }
        return position >= 0 && log.value(position) < bound ? log.value(position) : drawn;
    }

    private void check(int index, int position, ChoiceStream stream, long bound) {
        String why = null;
        if (index >= log.size()) {
            why = "the log ends before it";
        } else if (position != index) {
            why = "here the log has one by '" + log.labels().get(log.track(index)) + "' below " + log.bound(index);
        } else if (log.bound(index) != bound) {
            why = "the log has it below " + log.bound(index);
        }
        if (why != null) {
            hasMisfit = true;
            onMisfit.accept(new Misfit(index, stream.label(), bound, why));
        }
    }

    /** Whether all choices fitted so far. */
    public boolean fits() {
        return !hasMisfit;
    }

    /** Choices made so far, by the log or not. */
    public int made() {
        return made;
    }
}
