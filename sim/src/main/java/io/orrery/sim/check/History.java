package io.orrery.sim.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A history that keeps Jepsen's rules; immutable.
 *
 * <ul>
 *   <li>I1: indices rise from line to line.
 *   <li>I2: a client invokes, then completes with the same f, before it invokes again.
 *   <li>I3: a client whose operation ended as INFO never acts again: it may still be at it.
 * </ul>
 */
public final class History {
    private final List<Op> ops;
    private final List<Call> calls;

    private History(List<Op> ops, List<Call> calls) {
        this.ops = ops;
        this.calls = calls;
    }

    /**
     * @throws IllegalArgumentException if a rule is broken; the message names the line's index
     */
    public static History of(List<Op> ops) {
        List<Call> calls = new ArrayList<>();
        Map<Long, Integer> running = new TreeMap<>();
        Map<Long, Long> retired = new TreeMap<>();
        long lastIndex = -1;
        for (Op op : ops) {
            rule(op.index() > lastIndex, "I1: indices rise, but not", op);
            lastIndex = op.index();
            if (!op.isClient()) {
                continue;
            }
            Long info = retired.get(op.process());
            if (info != null) {
                rule(false, "I3: after its info at " + info + " a process acts", op);
            }
            Integer call = running.remove(op.process());
            if (op.type() == Op.Type.INVOKE) {
                rule(call == null, "I2: a process invokes twice", op);
                running.put(op.process(), calls.size());
                calls.add(new Call(op, null));
            } else {
                rule(call != null, "I2: a completion without invocation", op);
                Op invocation = calls.get(call).invocation();
                rule(op.f().equals(invocation.f()), "I2: a completion of something else", op);
                calls.set(call, new Call(invocation, op));
                if (op.type() == Op.Type.INFO) {
                    retired.put(op.process(), op.index());
                }
            }
        }
        return new History(Collections.unmodifiableList(new ArrayList<>(ops)), Collections.unmodifiableList(calls));
    }

    /** Put into words only when it is broken: a run asks it for each line. */
    private static void rule(boolean holds, String claim, Op op) {
        if (!holds) {
            throw new IllegalArgumentException(
                    claim + " at " + op.index() + ", process " + op.process() + ", " + op.f() + " " + op.value());
        }
    }

    public List<Op> ops() {
        return ops;
    }

    /** The clients' operations, in the order of their invocations. */
    public List<Call> calls() {
        return calls;
    }

    /**
     * The histories of independent keys, where each client's value is a pair of key and value: with the bare value, and the
     * indices of this history. In the order in which the keys appear.
     *
     * @throws IllegalArgumentException if a value is no pair
     */
    public Map<Object, History> byKey() {
        Map<Object, List<Op>> split = new LinkedHashMap<>();
        for (Op op : ops) {
            if (op.isClient()) {
                rule(op.value() instanceof List<?> pair && pair.size() == 2, "no pair of key and value", op);
                List<?> pair = (List<?>) op.value();
                split.computeIfAbsent(pair.get(0), key -> new ArrayList<>()).add(op.withValue(pair.get(1)));
            }
        }
        Map<Object, History> histories = new LinkedHashMap<>();
        split.forEach((key, part) -> histories.put(key, of(part)));
        return histories;
    }
}
