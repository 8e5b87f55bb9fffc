package io.orrery.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What waits for what: {@code who} cannot go on before {@code what}, and what keeps that from happening is in
 * {@code because}.
 *
 * @param who a node, a client, a group
 * @param what it waits for, and on whom, in words
 */
public record Stall(String who, String what, List<Stall> because) {
    public Stall {
        because = Collections.unmodifiableList(new ArrayList<>(because));
    }

    public static Stall of(Object who, String what) {
        return new Stall(who.toString(), what, List.of());
    }

    public static Stall of(Object who, String what, List<Stall> because) {
        return new Stall(who.toString(), what, because);
    }

    /** A line for each, indented under what it is the cause of. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        addLines(lines, "");
        return lines;
    }

    private void addLines(List<String> lines, String indent) {
        lines.add(indent + who + ": " + what);
        because.forEach(cause -> cause.addLines(lines, indent + "  "));
    }

    /** One line: the causes stand in brackets behind what they cause. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(who).append(": ").append(what);
        String opening = " [";
        for (Stall cause : because) {
            text.append(opening).append(cause);
            opening = "; ";
        }
        return because.isEmpty() ? text.toString() : text.append(']').toString();
    }
}
