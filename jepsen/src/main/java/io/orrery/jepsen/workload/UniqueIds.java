package io.orrery.jepsen.workload;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.maelstrom.Request;
import io.orrery.kernel.Kernel;

/**
 * {@code generate}: ids that are unique without asking anyone, being made of the node's name, the millisecond of its boot,
 * and a count. A node that boots twice within one millisecond would repeat itself; no process starts that fast.
 */
final class UniqueIds {
    private final String prefix;
    private long count;

    UniqueIds(Kernel kernel) {
        prefix = kernel.self() + "-" + kernel.wallMillis() + "-";
    }

    void onGenerate(Request request) {
        request.ok(Json.object().with("id", prefix + count++));
    }
}
