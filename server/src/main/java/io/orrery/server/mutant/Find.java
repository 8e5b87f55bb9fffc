package io.orrery.server.mutant;

import io.orrery.server.json.Json;
import java.util.List;
import java.util.Locale;

/**
 * What one search for one mutant came to.
 *
 * @param firstSeed where it began
 * @param seed the first that failed; meaningless if none did
 * @param kind of failure, such as {@code safety}; empty if no seed failed
 * @param checker what was broken, without the names and numbers of the one run; empty if no seed failed
 * @param message the failure's own words
 * @param replay what to type after {@code sim} to see it again with the mutant planted
 * @param seconds of processor time that the search's JVM spent, of all its threads
 * @param trouble why the search came to no end; empty if it did
 */
public record Find(
        long firstSeed,
        long seed,
        String kind,
        String checker,
        String message,
        List<String> replay,
        double seconds,
        String trouble) {
    private static final int CHECKER_CHARS_MAX = 90;

    /** Whether a seed failed. */
    public boolean isFound() {
        return !kind.isEmpty();
    }

    /** How many seeds it took, the failing one included. */
    public long seeds() {
        return seed - firstSeed + 1;
    }

    static Find none(long firstSeed, double seconds) {
        return new Find(firstSeed, 0, "", "", "", List.of(), seconds, "");
    }

    static Find trouble(long firstSeed, double seconds, String why) {
        return new Find(firstSeed, 0, "", "", "", List.of(), seconds, why);
    }

    /** From a burn's summary as JSON, which ended at its first failure. */
    static Find of(long firstSeed, Json summary, double seconds) {
        List<Json> failures = summary.list("failures");
        if (failures.isEmpty()) {
            return none(firstSeed, seconds);
        }
        Json failure = failures.get(0);
        String kind = failure.text("kind");
        String message = failure.text("message");
        List<String> replay =
                List.of(failure.text("replay").replaceFirst("^\\S+ sim ", "").split(" "));
        return new Find(firstSeed, failure.number("seed"), kind, checker(kind, message), message, replay, seconds, "");
    }

    /** How many seeds a burn or a search had behind it, from its summary as JSON. */
    static long seedsOf(Json summary) {
        Json seeds = summary.at("seeds");
        return seeds.isNull() ? summary.number("runs") : summary.number("seeds");
    }

    Find replayedBy(List<String> arguments) {
        return new Find(firstSeed, seed, kind, checker, message, arguments, seconds, trouble);
    }

    /** What was broken, in words that are the same for all runs that broke it. */
    static String checker(String kind, String message) {
        if (kind.equals("liveness")) {
            return kind;
        }
        String claim = message.replaceFirst(" \\[[-0-9, ]*]$", "").replaceAll("(?<![A-Z0-9])\\d+", "#");
        claim = claim.lines().findFirst().orElse("");
        String cut = claim.length() <= CHECKER_CHARS_MAX ? claim : claim.substring(0, CHECKER_CHARS_MAX - 3) + "...";
        return String.format(Locale.ROOT, "%s: %s", kind, cut);
    }
}
