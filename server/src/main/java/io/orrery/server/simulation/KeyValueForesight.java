package io.orrery.server.simulation;

import io.orrery.server.simulation.KeyValueCommand.Kind;
import io.orrery.sim.check.Call;
import io.orrery.sim.check.Foresight;
import io.orrery.sim.check.Op;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a key's uncertain changes must have happened, if at all. Arguments are unique, and a value ends with that of the last
 * change: so no value comes back, and who made it is known.
 *
 * <ul>
 *   <li>An append that made {@code a,b,c} found {@code a,b}; a compare-and-set found what it expected.
 *   <li>A put may have found anything.
 *   <li>An append that made a value of its argument alone found nothing, or what had grown too long: it is loose.
 *   <li>A change that made no needed value, a filler, can only have helped a value to grow too long for a loose append. There
 *       only its length matters. So fillers come in one order, appends from the older to the younger, at most one put or
 *       compare-and-set before them, and that only if it lengthens; and none comes once the value is too long.
 * </ul>
 */
final class KeyValueForesight implements Foresight<String> {
    private final TreeMap<String, Call> makers;
    private final TreeSet<String> needed = new TreeSet<>();
    private final TreeMap<String, Call> onlyNext = new TreeMap<>();
    /** Arguments of the uncertain calls that made a needed value. */
    private final TreeSet<String> useful = new TreeSet<>();

    private final TreeSet<String> loose = new TreeSet<>();
    /** By how much all fillers together can lengthen a value, at most. */
    private int fillChars;
    /** A compare-and-set expects what a filler left: then fillers cannot stand for each other. */
    private boolean isFillExpected;

    private KeyValueForesight(TreeMap<String, Call> makers) {
        this.makers = makers;
    }

    /** Null if an argument is empty, is used twice, or has a comma. */
    static Foresight<String> of(List<Call> calls) {
        TreeMap<String, Call> makers = new TreeMap<>();
        for (Call call : calls) {
            if (call.outcome() != Op.Type.FAIL && Kind.of(call.f()) != Kind.GET) {
                String argument = KeyValueModel.argument(call);
                if (argument.isEmpty() || argument.indexOf(',') >= 0 || makers.put(argument, call) != null) {
                    return null;
                }
            }
        }
        KeyValueForesight foresight = new KeyValueForesight(makers);
        foresight.findNeeded(calls);
        foresight.findFillers();
        return foresight;
    }

    private void findNeeded(List<Call> calls) {
        for (Call call : calls) {
            if (call.outcome() == Op.Type.OK) {
                needed.add(KeyValueModel.found(call));
            }
        }
        ArrayDeque<String> open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            String source = source(open.poll());
            if (source != null && needed.add(source)) {
                open.add(source);
            }
        }
    }

    /** Notes which uncertain call made a value, if one did; the value that it found, or null if that is not known. */
    private String source(String value) {
        int comma = value.lastIndexOf(',');
        Call maker = makers.get(last(value));
        if (maker == null || maker.outcome() == Op.Type.OK) {
            return null;
        }
        useful.add(last(value));
        Kind kind = Kind.of(maker.f());
        if (kind == Kind.PUT) {
            return null;
        }
        if (kind == Kind.APPEND && comma < 0) {
            loose.add(value);
            return null;
        }
        String source = kind == Kind.CAS ? KeyValueModel.expected(maker) : value.substring(0, comma);
        onlyNext.putIfAbsent(source, maker);
        return source;
    }

    private void findFillers() {
        for (Map.Entry<String, Call> each : makers.entrySet()) {
            Call maker = each.getValue();
            if (isFiller(each.getKey())) {
                fillChars += each.getKey().length() + 1;
            }
            boolean isOpenCas = maker.outcome() != Op.Type.OK && Kind.of(maker.f()) == Kind.CAS;
            isFillExpected |= isOpenCas && isFiller(last(KeyValueModel.expected(maker)));
        }
    }

    /** Whether an uncertain change has this argument of which no needed value comes. */
    private boolean isFiller(String argument) {
        Call maker = makers.get(argument);
        return maker != null && maker.outcome() != Op.Type.OK && !useful.contains(argument);
    }

    private static String last(String value) {
        return value.substring(value.lastIndexOf(',') + 1);
    }

    @Override
    public String before(Call certain) {
        return KeyValueModel.found(certain);
    }

    @Override
    public Call onlyNext(String state) {
        return onlyNext.get(state);
    }

    @Override
    public boolean isOfUse(String state, Call uncertain, String next, boolean isLooseLeft) {
        String argument = KeyValueModel.argument(uncertain);
        if (!isFiller(argument)) {
            return needed.contains(next);
        }
        if (!isLooseLeft || state.length() > KeyValueCommand.VALUE_CHARS_MAX) {
            return false;
        }
        if (isFillExpected) {
            return true;
        }
        Call before = isFiller(last(state)) ? makers.get(last(state)) : null;
        boolean isAppend = Kind.of(uncertain.f()) == Kind.APPEND;
        boolean isInOrder = before == null
                || isAppend
                        && (Kind.of(before.f()) != Kind.APPEND
                                || before.invocation().index()
                                        < uncertain.invocation().index());
        return isInOrder
                && (isAppend || next.length() > state.length())
                && state.length() + fillChars > KeyValueCommand.VALUE_CHARS_MAX;
    }

    @Override
    public boolean isLoose(Call uncertain) {
        return loose.contains(KeyValueModel.argument(uncertain));
    }

    /** Filling appends of one length can stand for each other. */
    @Override
    public Object kind(Call uncertain) {
        String argument = KeyValueModel.argument(uncertain);
        boolean isAlike = !isFillExpected && isFiller(argument) && Kind.of(uncertain.f()) == Kind.APPEND;
        return isAlike ? (Object) argument.length() : uncertain;
    }
}
