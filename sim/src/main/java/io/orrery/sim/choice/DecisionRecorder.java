package io.orrery.sim.choice;

/** Writes down all choices of a run and decides none. */
public final class DecisionRecorder implements Tape {
    private final DecisionLog log = new DecisionLog();

    @Override
    public long choose(ChoiceStream stream, long bound, long drawn) {
        if (!stream.hasTrack()) {
            stream.track(log.trackOf(stream.label()));
        }
        log.add(stream.track(), bound, drawn);
        return drawn;
    }

    /** What was chosen so far. */
    public DecisionLog log() {
        return log;
    }
}
