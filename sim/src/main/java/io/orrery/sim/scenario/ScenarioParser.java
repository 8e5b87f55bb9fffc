package io.orrery.sim.scenario;

import java.util.ArrayList;
import java.util.List;

/** Reads a scenario line by line: the header first, then the plan. */
final class ScenarioParser {
    private static final List<String> LINES =
            List.of("at", "expect", "horizon", "nodes", "operations", "rate", "seed", "settle", "workload");

    private final List<TimedFault> faults = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private long seed;
    private int nodeCount;
    private String workload;
    private int ratePerSecond = Scenario.RATE_DEFAULT;
    private Operations operations = Operations.ALL;
    private long horizonNanos;
    private long settleNanos = Scenario.SETTLE_NANOS_DEFAULT;
    private Expectation expect = Expectation.CONVERGENCE;
    private FaultParser faultParser;

    Scenario parse(String text) {
        String[] lines = text.split("\n", -1);
        Words words = new Words(1, "");
        for (int i = 0; i < lines.length; i++) {
            words = new Words(i + 1, lines[i]);
            while (words.hasNext()) {
                onStatement(words);
            }
        }
        for (String needed : List.of("seed", "nodes", "workload", "horizon")) {
            if (!said.contains(needed)) {
                throw words.errorAtEnd("expected " + needed + ", found the end of the text");
            }
        }
        return new Scenario(
                seed,
                nodeCount,
                workload,
                ratePerSecond,
                operations,
                horizonNanos,
                settleNanos,
                expect,
                new FaultPlan(faults));
    }

    FaultPlan parsePlan(String text, int nodes) {
        faultParser = new FaultParser(Scenario.nodes(nodes));
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Words words = new Words(i + 1, lines[i]);
            while (words.hasNext()) {
                words.oneOf(List.of("at"));
                onFault(words);
            }
        }
        return new FaultPlan(faults);
    }

    private void onStatement(Words words) {
        String what = words.oneOf(LINES);
        if (what.equals("at")) {
            onFault(words);
            return;
        }
        if (said.contains(what)) {
            throw words.error("expected " + what + " once, found it again");
        }
        said.add(what);
        switch (what) {
            case "expect" -> expect = Expectation.of(words.oneOf(List.of("convergence", "survival", "unavailable")));
            case "seed" -> seed = words.number("a seed", Long.MIN_VALUE, Long.MAX_VALUE);
            case "nodes" -> onNodes(words);
            case "workload" -> onWorkload(words);
            case "operations" -> onOperations(words);
            case "rate" -> onRate(words);
            case "horizon" -> horizonNanos = words.duration("a horizon", Scenario.HORIZON_NANOS_MAX);
            default -> settleNanos = words.duration("a time to settle", Scenario.HORIZON_NANOS_MAX);
        }
    }

    private void onFault(Words words) {
        if (faultParser == null) {
            throw words.error("expected nodes before the first fault, found 'at'");
        }
        long atNanos = words.duration("a time", Scenario.HORIZON_NANOS_MAX);
        faults.add(new TimedFault(atNanos, faultParser.parse(words)));
    }

    private void onNodes(Words words) {
        nodeCount = (int) words.number("a count of nodes", 1, Scenario.NODES_MAX);
        faultParser = new FaultParser(Scenario.nodes(nodeCount));
    }

    private void onWorkload(Words words) {
        workload = words.word("the name of a workload");
        if (!Scenario.isWord(workload)) {
            throw words.error("expected the name of a workload in lower-case letters, digits and hyphens, found '"
                    + workload + "'");
        }
    }

    private void onOperations(Words words) {
        String list = words.word("operations such as all, none or 0-19,25");
        if (list.equals("all") || list.equals("none")) {
            operations = list.equals("all") ? Operations.ALL : Operations.NONE;
            return;
        }
        List<Operations.Range> ranges = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            String what = "operations such as all, none or 0-19,25";
            long first = words.number(dash < 0 ? range : range.substring(0, dash), list, what);
            long last = dash < 0 ? first : words.number(range.substring(dash + 1), list, what);
            if (first > last
                    || last > Operations.NUMBER_MAX
                    || !ranges.isEmpty()
                            && first <= ranges.get(ranges.size() - 1).last() + 1) {
                throw words.error("expected ranges of operations that ascend and do not touch, found '" + list + "'");
            }
            ranges.add(new Operations.Range(first, last));
        }
        operations = new Operations(ranges);
    }

    private void onRate(Words words) {
        String rate = words.word("a rate such as 100/s");
        String digits = rate.endsWith("/s") ? rate.substring(0, rate.length() - 2) : "";
        long perSecond = words.number(digits, rate, "a rate such as 100/s");
        if (perSecond < 0 || perSecond > Scenario.RATE_MAX) {
            throw words.error("expected a rate from 0/s to " + Scenario.RATE_MAX + "/s, found '" + rate + "'");
        }
        ratePerSecond = (int) perSecond;
    }
}
