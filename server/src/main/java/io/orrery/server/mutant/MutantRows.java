package io.orrery.server.mutant;

import io.orrery.server.simulation.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Prints a sweep's results while it runs, so that one that is ended early has left a table: each as soon as it and all before
 * it are known, in the order of the mutants and strategies.
 *
 * <p>For one thread.
 */
public final class MutantRows {
    private final List<String> order = new ArrayList<>();
    private final TreeMap<Integer, MutantResult> waiting = new TreeMap<>();
    private final boolean isJson;
    private final long seeds;
    private final Consumer<String> lines;
    private int next;
    private boolean isFirst = true;

    /**
     * @param isJson whether the rows are of JSON, else of Markdown
     * @param seeds each search has at most
     * @param lines takes each line, without its end, and has it written at once
     */
    public MutantRows(
            List<Mutant> mutants, List<Strategy> strategies, boolean isJson, long seeds, Consumer<String> lines) {
        for (Mutant mutant : mutants) {
            strategies.forEach(strategy -> order.add(key(mutant, strategy)));
        }
        this.isJson = isJson;
        this.seeds = seeds;
        this.lines = lines;
        lines.accept(isJson ? "{\"mutants\":[" : MutantReport.markdownHead());
    }

    private static String key(Mutant mutant, Strategy strategy) {
        return mutant.id() + " " + strategy;
    }

    public void add(MutantResult result) {
        waiting.put(order.indexOf(key(result.mutant(), result.strategy())), result);
        while (waiting.containsKey(next)) {
            print(waiting.remove(next++));
        }
    }

    /** Prints those that came while one before them had not ended, and what is below the rows. */
    public void end(MutantReport report) {
        waiting.values().forEach(this::print);
        waiting.clear();
        lines.accept(isJson ? "]}" : "\n" + report.summary());
    }

    private void print(MutantResult result) {
        String comma = isFirst || !isJson ? "" : ",";
        isFirst = false;
        lines.accept(comma + (isJson ? MutantReport.jsonRow(result, seeds) : MutantReport.markdownRow(result)));
    }
}
