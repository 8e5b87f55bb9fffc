package io.orrery.sim.scenario;

import io.orrery.sim.Simulation;

/** No fault by itself: whether the nodes seal their frames, and what an operator does to their keys. */
public sealed interface SealingFault extends Fault {
    /** Keys are named by numbers; the first is there from the start. */
    int NUMBER_MAX = 8;

    /** All nodes seal what they send: {@code at 0ms seal}; later it does nothing. */
    record Begin() implements SealingFault {
        @Override
        public String kind() {
            return "seal";
        }

        @Override
        public boolean apply(Simulation sim) {
            return sim.network().seals().maybeBegin();
        }

        @Override
        public String toString() {
            return "seal";
        }
    }

    /** What is done to a key. */
    enum Step {
        INSTALL("install"),
        USE("use"),
        REMOVE("remove");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** An operator does something to a key, on one node after another: {@code keys install 2}, {@code keys use 2}. */
    record Keys(Step step, int number) implements SealingFault {
        @Override
        public String kind() {
            return "keys-" + step.word();
        }

        @Override
        public boolean apply(Simulation sim) {
            return switch (step) {
                case INSTALL -> sim.network().seals().maybeInstall(number);
                case USE -> sim.network().seals().maybeUse(number);
                case REMOVE -> sim.network().seals().maybeRemove(number);
            };
        }

        @Override
        public String toString() {
            return "keys " + step.word() + " " + number;
        }
    }
}
