package io.orrery.sim.choice;

/** Writes down all choices of a run, and decides none, unless it writes what another tape decides. */
public final class DecisionRecorder implements Tape {
    private final DecisionLog log = new DecisionLog();
    private final Tape decider;

    /** Writes what is drawn. */
    public DecisionRecorder() {
        this(null);
    }

    /**
     * Writes what another tape decides.
     *
     * @param decider null for none
     */
    public DecisionRecorder(Tape decider) {
        this.decider = decider;
    }

    @Override
    public long choose(ChoiceStream stream, long bound, long drawn) {
        if (!stream.hasWrittenTrack()) {
            log.seed(stream.seed());
            stream.writtenTrack(log.trackOf(stream.label()));
        }
        long chosen = decider == null ? drawn : decider.choose(stream, bound, drawn);
        log.add(stream.writtenTrack(), bound, chosen);
        return chosen;
    }

    /** What was chosen so far. */
    public DecisionLog log() {
        return log;
    }
}
