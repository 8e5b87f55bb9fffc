package io.orrery.sim.scenario;

import io.orrery.sim.Simulation;

/**
 * From now on until the faults are over, nodes are struck when it hurts most: {@code hunt leaders}. A plan, which knows no
 * roles, hits such moments seldom. Who leads and who votes is the workload's to say, so the run's
 * {@link io.orrery.sim.run.Runner} leads the hunt; its strikes are faults that a plan can name, and the run's result lists
 * them.
 */
public record Hunt(Game game) implements Fault {
    /** What is hunted. */
    public enum Game {
        /** A node right after it has told its vote to another. */
        VOTERS("voters"),
        /** A leader right after its election, when logs differ most, or at its first commit, before it has told anybody. */
        LEADERS("leaders"),
        /** A leader that has led for a while, so that it does not notice that it leads no more. */
        REIGNS("reigns"),
        /** A candidate right after it has entered its term, before or after it has asked anybody. */
        CANDIDATES("candidates"),
        /** A leader with a change of members that is not committed: alone, or with some of the others. */
        CHANGES("changes"),
        /** A node right after it has cut off what contradicts its leader, while its disk is still at work. */
        TRUNCATIONS("truncations");

        private final String text;

        Game(String text) {
            this.text = text;
        }

        /** As scenarios spell it. */
        public String text() {
            return text;
        }
    }

    @Override
    public String kind() {
        return "hunt-" + game.text();
    }

    /** Nothing happens at once. */
    @Override
    public boolean apply(Simulation sim) {
        return false;
    }

    @Override
    public String toString() {
        return "hunt " + game.text();
    }
}
