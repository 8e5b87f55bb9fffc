package io.orrery.sim.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes a history down while it happens. Record an invocation before the request leaves, and a completion after the answer
 * has come: then the order of lines is an order that the clients could see.
 *
 * <p>For one thread.
 */
public final class HistoryRecorder {
    private final LongSupplier nanoClock;
    private final long startNanos;
    private final List<Op> ops = new ArrayList<>();

    /**
     * @param nanoClock such as a simulation's time; for plots only
     */
    public HistoryRecorder(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
    }

    public void invoke(long process, String f, Object value) {
        record(Op.Type.INVOKE, process, f, value, Collections.emptyMap());
    }

    public void ok(long process, String f, Object value) {
        record(Op.Type.OK, process, f, value, Collections.emptyMap());
    }

    /** It certainly did not happen. */
    public void fail(long process, String f, Object value, Object error) {
        record(Op.Type.FAIL, process, f, value, Collections.singletonMap("error", error));
    }

    /** Nobody knows; the process must not be used again. */
    public void info(long process, String f, Object value, Object error) {
        record(Op.Type.INFO, process, f, value, Collections.singletonMap("error", error));
    }

    /** Notes what the nemesis begins or ends. */
    public void nemesis(String f, Object value) {
        record(Op.Type.INFO, Op.NEMESIS, f, value, Collections.emptyMap());
    }

    private void record(Op.Type type, long process, String f, Object value, Map<String, Object> extra) {
        ops.add(new Op(ops.size(), nanoClock.getAsLong() - startNanos, type, process, f, value, extra));
    }

    /** Lines recorded so far. */
    public int size() {
        return ops.size();
    }

    /** What was recorded so far. */
    public History history() {
        return History.of(ops);
    }
}
