package io.orrery.server.simulation;

import io.orrery.server.simulation.KeyValueCommand.Kind;
import io.orrery.sim.check.Call;
import io.orrery.sim.check.Foresight;
import io.orrery.sim.check.Model;
import io.orrery.sim.check.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One key as it should behave. The values of calls: {@code get found}, {@code put [argument, found]},
 * {@code append [argument, found]}, {@code cas [argument, found, expected]}, where {@code found} is null until it is known.
 */
final class KeyValueModel implements Model<String> {
    @Override
    public String initial() {
        return "";
    }

    @Override
    public String step(String state, Call call) {
        boolean isKnown = call.outcome() == Op.Type.OK;
        if (isKnown && !state.equals(found(call))) {
            return null;
        }
        return KeyValueCommand.apply(Kind.of(call.f()), argument(call), expected(call), state);
    }

    /** A compare-and-set that is known to have found something else is one. */
    @Override
    public boolean isRead(Call call) {
        Kind kind = Kind.of(call.f());
        return kind == Kind.GET
                || kind == Kind.CAS
                        && call.outcome() == Op.Type.OK
                        && !expected(call).equals(found(call));
    }

    @Override
    public Foresight<String> foresight(List<Call> calls) {
        return KeyValueForesight.of(calls);
    }

    static String found(Call call) {
        return (String) (call.value() instanceof List<?> list ? list.get(1) : call.value());
    }

    static String argument(Call call) {
        return call.value() instanceof List<?> list ? (String) list.get(0) : "";
    }

    static String expected(Call call) {
        return call.value() instanceof List<?> list && list.size() > 2 ? (String) list.get(2) : "";
    }

    /**
     * An uncertain get is idle; and so is an uncertain change whose unique argument nobody found or expected: whatever came
     * next would have found it, unless that was uncertain too and left nothing of it. One that left nothing of it because it
     * replaced what had grown too long did so for its length: then uncertain changes count, found or not.
     */
    @Override
    public List<Call> withoutIdle(List<Call> calls) {
        TreeSet<String> seen = new TreeSet<>();
        TreeSet<String> first = new TreeSet<>();
        for (Call call : calls) {
            note(expected(call), seen, first);
            if (call.outcome() == Op.Type.OK) {
                note(found(call), seen, first);
            }
        }
        boolean mayReplace = calls.stream().anyMatch(call -> isUncertainAppend(call) && first.contains(argument(call)));
        List<Call> kept = new ArrayList<>();
        for (Call call : calls) {
            if (call.outcome() != Op.Type.INFO
                    || seen.contains(argument(call))
                    || mayReplace && Kind.of(call.f()) != Kind.GET) {
                kept.add(call);
            }
        }
        return kept;
    }

    private static boolean isUncertainAppend(Call call) {
        return call.outcome() == Op.Type.INFO && Kind.of(call.f()) == Kind.APPEND;
    }

    private static void note(String value, TreeSet<String> seen, TreeSet<String> first) {
        split(value, seen);
        first.add(value.substring(0, value.indexOf(',') < 0 ? value.length() : value.indexOf(',')));
    }

    private static void split(String value, TreeSet<String> parts) {
        for (String part : value.split(",")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
    }

    /** What was found, expected, or is a beginning of that, since appends may have made it of its beginning; or another. */
    @Override
    public List<String> statesBefore(List<Call> window) {
        TreeSet<String> states = new TreeSet<>();
        states.add("");
        states.add("another");
        for (Call call : window) {
            addWithBeginnings(expected(call), states);
            if (call.outcome() == Op.Type.OK) {
                addWithBeginnings(found(call), states);
            }
        }
        return new ArrayList<>(states);
    }

    private static void addWithBeginnings(String value, TreeSet<String> states) {
        String rest = value;
        while (states.add(rest) && rest.contains(",")) {
            rest = rest.substring(0, rest.lastIndexOf(','));
        }
    }
}
