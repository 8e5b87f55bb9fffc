package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands after the time on a fault's line: its first word says which family's parser reads the rest. */
final class FaultParser {
    private final List<FamilyParser> families;
    private final List<String> firstWords = new ArrayList<>();

    /**
     * @param nodes that a fault may name
     */
    FaultParser(List<NodeId> nodes) {
        families = List.of(
                new NetworkFaultParser(nodes),
                new NodeFaultParser(nodes),
                new ClockFaultParser(nodes),
                new DiskFaultParser(nodes),
                new SealingFaultParser(),
                new HuntParser());
        for (FamilyParser family : families) {
            firstWords.addAll(family.firstWords());
        }
        firstWords.sort(null);
    }

    Fault parse(Words words) {
        String first = words.oneOf(firstWords);
        for (FamilyParser family : families) {
            if (family.firstWords().contains(first)) {
                Fault fault = family.parse(first, words);
                words.end();
                return fault;
            }
        }
        throw new IllegalStateException("no family has the word " + first);
    }
}
