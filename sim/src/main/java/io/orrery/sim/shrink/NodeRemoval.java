package io.orrery.sim.shrink;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.ScenarioException;
import io.orrery.sim.scenario.TimedFault;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario without one of its nodes. Names have no gaps, so those behind it move up by one. Works on the lines' texts: what
 * a line says without the node is right if it can still be read, and else the line goes too.
 */
final class NodeRemoval {
    private NodeRemoval() {}

    static Scenario without(Scenario scenario, NodeId node) {
        int gone = Integer.parseInt(node.name().substring(1));
        int left = scenario.nodeCount() - 1;
        Check.argument(gone >= 1 && gone <= left + 1 && left >= 1, "a node that is there, and not the last");
        List<TimedFault> lines = new ArrayList<>();
        for (TimedFault timed : scenario.plan().faults()) {
            try {
                lines.addAll(FaultPlan.parse(line(timed.toString(), gone), left).faults());
            } catch (ScenarioException pointless) {
                // What is left of the line means nothing.
                continue;
            }
        }
        return scenario.nodeCount(left).plan(new FaultPlan(lines));
    }

    private static String line(String text, int gone) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            String renamed = word(word, gone);
            boolean isEmptyGroup = renamed.isEmpty();
            // A group that has lost its only node goes with the bar before it, or else with the one behind it.
            if (isEmptyGroup && !words.isEmpty() && words.get(words.size() - 1).equals("|")) {
                words.remove(words.size() - 1);
            } else if (renamed.equals("|")
                    && !words.isEmpty()
                    && words.get(words.size() - 1).isEmpty()) {
                words.remove(words.size() - 1);
            } else {
                words.add(renamed);
            }
        }
        return String.join(" ", words);
    }

    /** A word such as {@code n1,n2}, {@code n1>n2} or {@code 800ms}; empty if only the node that goes was in it. */
    private static String word(String word, int gone) {
        StringBuilder kept = new StringBuilder();
        for (String name : word.split(",", -1)) {
            String renamed = name.indexOf('>') > 0 ? direction(name, gone) : name(name, gone);
            if (!renamed.isEmpty()) {
                kept.append(kept.isEmpty() ? "" : ",").append(renamed);
            }
        }
        return kept.toString();
    }

    private static String direction(String word, int gone) {
        int arrow = word.indexOf('>');
        String from = name(word.substring(0, arrow), gone);
        String to = name(word.substring(arrow + 1), gone);
        return from.isEmpty() || to.isEmpty() ? "" : from + ">" + to;
    }

    private static String name(String word, int gone) {
        if (!word.matches("n\\d{1,9}")) {
            return word;
        }
        int number = Integer.parseInt(word.substring(1));
        if (number == gone) {
            return "";
        }
        return "n" + (number > gone ? number - 1 : number);
    }
}
