package io.orrery.server.mutant;

import io.orrery.server.json.Json;

/**
 * What shrinking the first failing seed of one mutant came to.
 *
 * @param seed that failed; meaningless if none did
 * @param claim that was broken; empty if no seed failed
 * @param before of the failing run as it was drawn
 * @param after of the smallest that fails for the same reason
 * @param isMinimal whether nothing more can go
 * @param runs it took
 * @param seconds on the wall, without those that it took to find the seed
 * @param cpuSeconds of all threads that ran candidates
 * @param trouble why it came to nothing; empty if it did not
 */
public record ShrunkMutant(
        Mutant mutant,
        long seed,
        String claim,
        Size before,
        Size after,
        boolean isMinimal,
        long runs,
        double seconds,
        double cpuSeconds,
        String trouble) {
    /** How large a scenario is. */
    public record Size(long faults, long operations, long nodes, long millis) {
        private static final Size NONE = new Size(0, 0, 0, 0);

        private static Size of(Json json) {
            return new Size(
                    json.number("faults"),
                    json.number("operations"),
                    json.number("nodes"),
                    json.number("nanos") / 1_000_000);
        }
    }

    /** Whether a seed failed and was shrunk. */
    public boolean isShrunk() {
        return trouble.isEmpty();
    }

    static ShrunkMutant trouble(Mutant mutant, String why) {
        return new ShrunkMutant(mutant, 0, "", Size.NONE, Size.NONE, false, 0, 0, 0, why);
    }

    /** From what {@code sim shrink -o json} printed. */
    static ShrunkMutant of(Mutant mutant, Json shrunk) {
        return new ShrunkMutant(
                mutant,
                shrunk.number("seed"),
                shrunk.text("claim"),
                Size.of(shrunk.at("before")),
                Size.of(shrunk.at("after")),
                shrunk.truth("minimal"),
                shrunk.number("runs"),
                Double.parseDouble(shrunk.text("wallSeconds")),
                Double.parseDouble(shrunk.text("cpuSeconds")),
                "");
    }
}
