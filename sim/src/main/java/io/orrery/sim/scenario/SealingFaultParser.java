package io.orrery.sim.scenario;

import io.orrery.sim.scenario.SealingFault.Step;
import java.util.List;

/** Reads the lines of {@link SealingFault}. */
final class SealingFaultParser implements FamilyParser {
    @Override
    public List<String> firstWords() {
        return List.of("keys", "seal");
    }

    @Override
    public Fault parse(String first, Words words) {
        if (first.equals("seal")) {
            return new SealingFault.Begin();
        }
        String word = words.oneOf(List.of("install", "remove", "use"));
        Step step = word.equals("install") ? Step.INSTALL : word.equals("use") ? Step.USE : Step.REMOVE;
        return new SealingFault.Keys(step, (int) words.number("a key's number", 1, SealingFault.NUMBER_MAX));
    }
}
