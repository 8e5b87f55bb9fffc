package io.orrery.sim.scenario;

import java.util.List;

/** Reads the lines of one family of faults. */
interface FamilyParser {
    /** The first words of its lines. */
    List<String> firstWords();

    /** Reads what follows the first word; the end of the line is the caller's to check. */
    Fault parse(String first, Words words);
}
