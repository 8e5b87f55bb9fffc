package io.orrery.server.mutant;

import io.orrery.server.json.JsonWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The results of a sweep, for people; {@link MutantRows} prints them for scripts, and for a page. */
public final class MutantReport {
    private final List<MutantResult> results;
    private final long seeds;

    /**
     * @param seeds each search had at most
     */
    public MutantReport(List<MutantResult> results, long seeds) {
        this.results = results;
        this.seeds = seeds;
    }

    /** Whether each real bug was found, by any strategy, no harmless change was, and all searches came to an end. */
    public boolean isGood() {
        return missed().isEmpty()
                && flagged().isEmpty()
                && results.stream().allMatch(result -> result.trouble().isEmpty());
    }

    private List<String> missed() {
        TreeMap<String, Boolean> found = new TreeMap<>();
        for (MutantResult result : results) {
            if (!result.mutant().harmless()) {
                found.merge(result.mutant().id(), result.isFound(), Boolean::logicalOr);
            }
        }
        return found.keySet().stream().filter(id -> !found.get(id)).toList();
    }

    private List<String> flagged() {
        return results.stream()
                .filter(result -> result.mutant().harmless() && result.isFound())
                .map(result -> result.mutant().id())
                .distinct()
                .toList();
    }

    /** One line for each result: id, how many seeds it took, strategy, what was broken, what the mutant is. */
    public static String line(MutantResult result) {
        Find first = result.first();
        String how = !result.trouble().isEmpty() ? result.trouble() : first == null ? "-" : first.checker();
        return String.format(
                Locale.ROOT,
                "%-6s %6s  %-6s  %s  (%s; %.1f s of CPU)",
                result.mutant().id(),
                seedsText(result),
                result.strategy(),
                how,
                result.mutant().title(),
                result.seconds());
    }

    /** The median as text; {@code rare} if fewer than half of the searches found it, {@code -} if none did. */
    public static String seedsText(MutantResult result) {
        if (result.seedsToFind().isPresent()) {
            return Long.toString(result.seedsToFind().getAsLong());
        }
        return result.isFound() ? "rare" : "-";
    }

    /** A summary of a few lines. */
    public String summary() {
        long real = count(false);
        long harmless = count(true);
        List<String> missed = missed();
        List<String> flagged = flagged();
        StringBuilder text = new StringBuilder();
        text.append(real - missed.size())
                .append(" of ")
                .append(real)
                .append(" bugs found within ")
                .append(seeds);
        text.append(" seeds").append(median()).append("; ");
        text.append(flagged.size()).append(" of ").append(harmless).append(" harmless changes flagged");
        if (!missed.isEmpty()) {
            text.append("\nnot found: ").append(String.join(", ", missed));
        }
        if (!flagged.isEmpty()) {
            text.append("\nflagged without need: ").append(String.join(", ", flagged));
        }
        for (MutantResult result : results) {
            if (!result.trouble().isEmpty()) {
                text.append("\nno verdict on ").append(result.mutant().id()).append(": ");
                text.append(result.trouble());
            }
        }
        return text.toString();
    }

    private long count(boolean harmless) {
        return results.stream()
                .filter(result -> result.mutant().harmless() == harmless)
                .map(result -> result.mutant().id())
                .distinct()
                .count();
    }

    private String median() {
        List<Long> all = new ArrayList<>();
        for (MutantResult result : results) {
            if (!result.mutant().harmless()) {
                result.seedsToFind().ifPresent(all::add);
            }
        }
        Collections.sort(all);
        return all.isEmpty() ? "" : ", median " + all.get((all.size() - 1) / 2);
    }

    static String markdownHead() {
        return "| mutant | what is wrong | known from | strategy | seeds | found by |\n|---|---|---|---|---:|---|";
    }

    static String markdownRow(MutantResult result) {
        Mutant mutant = result.mutant();
        Find first = result.first();
        return "| " + mutant.id() + (mutant.harmless() ? " harmless" : "") + " | " + cell(mutant.title()) + " | "
                + cell(mutant.source()) + " | " + result.strategy() + " | " + seedsText(result) + " | "
                + (first == null ? "" : cell(first.checker())) + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    /** One result as an object. */
    static String jsonRow(MutantResult result, long seeds) {
        JsonWriter json = new JsonWriter();
        write(result, seeds, json);
        return json.toString();
    }

    private static void write(MutantResult result, long seeds, JsonWriter json) {
        Mutant mutant = result.mutant();
        Find first = result.first();
        json.object().field("mutant", mutant.id()).field("title", mutant.title());
        json.field("source", mutant.source()).field("module", mutant.module());
        json.field("harmless", mutant.harmless()).field("found", result.isFound());
        json.name("seedsToFind");
        if (result.seedsToFind().isPresent()) {
            json.value(result.seedsToFind().getAsLong());
        } else {
            json.value((String) null);
        }
        json.field("strategy", result.strategy().toString());
        json.field("checker", first == null ? null : first.checker());
        json.field("kind", first == null ? null : first.kind());
        json.field("message", first == null ? null : first.message());
        json.field("replay", first == null ? null : replay(mutant, first));
        json.field("seeds", seeds).name("restarts").array();
        for (Find find : result.finds()) {
            json.object().field("firstSeed", find.firstSeed()).name("failingSeed");
            if (find.isFound()) {
                json.value(find.seed());
            } else {
                json.value((String) null);
            }
            json.end();
        }
        json.end().name("cpuSeconds").tree(Math.round(result.seconds() * 10) / 10.0);
        json.field("trouble", result.trouble().isEmpty() ? null : result.trouble())
                .end();
    }

    private static String replay(Mutant mutant, Find find) {
        return "./orrery sim mutants plant " + mutant.id() + " " + String.join(" ", find.replay());
    }
}
