package io.orrery.server.bench.gossip;

/**
 * A cluster of 128 of which some freeze again and again.
 *
 * @param freeze how they freeze
 * @param frozen how many of them
 * @param millis for how long each time
 * @param falseDeaths times that a member declared one dead, or believed it, that neither froze nor crashed
 * @param atHealthy of those, at members that do not freeze
 * @param firstMillis from a real crash until the first healthy member held it for dead; -1 if none did
 * @param allMillis until all healthy members did; -1 if not all did
 */
public record LifeguardRow(
        Variant variant,
        Freeze freeze,
        int frozen,
        int millis,
        long falseDeaths,
        long atHealthy,
        long firstMillis,
        long allMillis) {
    /** How a member stands still. */
    public enum Freeze {
        /** What it sends and is sent is held back; its timers run. Lifeguard's own experiment. */
        BLOCKED("blocked"),
        /** It runs nothing at all: a stopped process. */
        PAUSED("paused");

        private final String word;

        Freeze(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
