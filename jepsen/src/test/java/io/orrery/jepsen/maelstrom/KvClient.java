package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.history.SharedRecorder;
import io.orrery.jepsen.json.Json;
import io.orrery.kernel.Prng;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A client of lin-kv, on its own thread: reads, writes, compares and sets random small values, and records what it asked and
 * was told. After an operation whose end is not known, it goes on as another process.
 */
final class KvClient implements Runnable {
    private static final int CLIENTS_MAX = 100;
    private static final int OPERATIONS_PER_KEY = 60;
    private static final long TIMEOUT_MILLIS = 1_500;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final MaelstromNetwork network;
    private final SharedRecorder recorder;
    private final String node;
    private final Prng prng;
    private long process;
    private long operations;
    private final AtomicLong successes = new AtomicLong();
    private volatile boolean stopped;

    KvClient(MaelstromNetwork network, SharedRecorder recorder, int number, String node) {
        this.network = network;
        this.recorder = recorder;
        this.node = node;
        this.process = number;
        this.prng = new Prng(number);
    }

    String node() {
        return node;
    }

    /** Operations that ended as OK. */
    long successes() {
        return successes.get();
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            long key = operations++ / OPERATIONS_PER_KEY;
            switch (prng.below(3)) {
                case 0 -> call(key, "read", null, request("read", key));
                case 1 -> {
                    long value = prng.below(5);
                    call(key, "write", value, request("write", key).with("value", value));
                }
                default -> {
                    long from = prng.below(5);
                    long to = prng.below(5);
                    call(
                            key,
                            "cas",
                            Arrays.asList(from, to),
                            request("cas", key).with("from", from).with("to", to));
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void call(long key, String f, Object value, Json.Obj request) {
        recorder.invoke(process, f, Arrays.asList(key, value));
        Json.Obj answer = network.call("c" + process, node, request, TIMEOUT_MILLIS);
        String type = answer.string("type");
        Long code = answer.number("code");
        if (type.equals(f + "_ok")) {
            successes.incrementAndGet();
            recorder.ok(process, f, Arrays.asList(key, f.equals("read") ? (Object) answer.number("value") : value));
        } else if (f.equals("read") && Long.valueOf(20).equals(code)) {
            recorder.ok(process, f, Arrays.asList(key, null));
        } else if (code != null && code != 0 && code != 13) {
            recorder.fail(process, f, Arrays.asList(key, value), code);
        } else {
            recorder.info(process, f, Arrays.asList(key, value), code == null ? "timeout" : code);
            process += CLIENTS_MAX;
        }
    }

    private static Json.Obj request(String type, long key) {
        return Json.object().with("type", type).with("key", key);
    }
}
