package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.EdnException;
import io.orrery.jepsen.edn.EdnReader;
import io.orrery.jepsen.edn.EdnWriter;
import io.orrery.jepsen.edn.Keyword;
import io.orrery.jepsen.edn.Tagged;
import io.orrery.kernel.Check;
import io.orrery.sim.check.History;
import io.orrery.sim.check.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Histories as Jepsen's {@code history.edn}: a map a line. Both ways. */
public final class EdnHistory {
    private static final Keyword INDEX = Keyword.of("index");
    private static final Keyword TIME = Keyword.of("time");
    private static final Keyword TYPE = Keyword.of("type");
    private static final Keyword PROCESS = Keyword.of("process");
    private static final Keyword F = Keyword.of("f");
    private static final Keyword VALUE = Keyword.of("value");
    private static final Keyword NEMESIS = Keyword.of("nemesis");

    private EdnHistory() {}

    /** The whole file. */
    public static String text(History history) {
        StringBuilder out = new StringBuilder();
        for (Op op : history.ops()) {
            EdnWriter.write(map(op), out);
            out.append('\n');
        }
        return out.toString();
    }

    private static Map<Object, Object> map(Op op) {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(INDEX, op.index());
        map.put(TIME, op.timeNanos());
        map.put(TYPE, Keyword.of(op.type().text()));
        map.put(PROCESS, op.isClient() ? (Object) op.process() : NEMESIS);
        map.put(F, Keyword.of(op.f()));
        map.put(VALUE, op.value());
        op.extra().forEach((name, value) -> map.put(Keyword.of(name), value));
        return map;
    }

    /**
     * Reads a file: maps one after another, or one vector of maps; plain or tagged as records. A missing index or time is
     * filled in.
     *
     * @throws EdnException if it is not EDN
     * @throws IllegalArgumentException if it is no history
     */
    public static History read(String text) throws EdnException {
        List<?> lines = EdnReader.readAll(text);
        if (lines.size() == 1 && lines.get(0) instanceof List<?> vector) {
            lines = vector;
        }
        List<Op> ops = new ArrayList<>();
        for (Object line : lines) {
            Object bare = line instanceof Tagged tagged ? tagged.value() : line;
            Check.argument(bare instanceof Map<?, ?>, "a history is made of maps, not of " + EdnWriter.text(line));
            ops.add(op((Map<?, ?>) bare, ops.size()));
        }
        return History.of(ops);
    }

    private static Op op(Map<?, ?> map, int position) {
        Map<String, Object> extra = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (key instanceof Keyword keyword && !isOwn(keyword)) {
                extra.put(keyword.name(), value);
            }
        });
        long index = map.get(INDEX) instanceof Long number ? number : (long) position;
        long time = map.get(TIME) instanceof Long number ? number : (long) position;
        Check.argument(map.get(F) instanceof Keyword, "an operation has an :f at " + index);
        String f = ((Keyword) map.get(F)).name();
        return new Op(
                index, time, type(map.get(TYPE), index), process(map.get(PROCESS), index), f, map.get(VALUE), extra);
    }

    private static boolean isOwn(Keyword key) {
        return List.of(INDEX, TIME, TYPE, PROCESS, F, VALUE).contains(key);
    }

    private static Op.Type type(Object type, long index) {
        for (Op.Type known : Op.Type.values()) {
            if (type instanceof Keyword keyword && keyword.name().equals(known.text())) {
                return known;
            }
        }
        throw new IllegalArgumentException("an operation has a :type at " + index);
    }

    private static long process(Object process, long index) {
        if (process instanceof Long number && number >= 0) {
            return number;
        }
        Check.argument(process instanceof Keyword, "an operation has a :process at " + index);
        return Op.NEMESIS;
    }
}
