package io.orrery.jepsen.history;

import io.orrery.sim.check.History;
import io.orrery.sim.check.HistoryRecorder;

/** A {@link HistoryRecorder} by the real clock, for any thread: the order of lines is the order of calls. */
public final class SharedRecorder {
    private final HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);

    public synchronized void invoke(long process, String f, Object value) {
        recorder.invoke(process, f, value);
    }

    public synchronized void ok(long process, String f, Object value) {
        recorder.ok(process, f, value);
    }

    /** It certainly did not happen. */
    public synchronized void fail(long process, String f, Object value, Object error) {
        recorder.fail(process, f, value, error);
    }

    /** Nobody knows; the process must not be used again. */
    public synchronized void info(long process, String f, Object value, Object error) {
        recorder.info(process, f, value, error);
    }

    /** Notes what the nemesis begins or ends. */
    public synchronized void nemesis(String f, Object value) {
        recorder.nemesis(f, value);
    }

    /** What was recorded so far. */
    public synchronized History history() {
        return recorder.history();
    }
}
