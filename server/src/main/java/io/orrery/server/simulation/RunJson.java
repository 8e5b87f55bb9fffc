package io.orrery.server.simulation;

import io.orrery.kernel.trace.TraceHash;
import io.orrery.server.json.JsonWriter;
import io.orrery.sim.Stall;
import io.orrery.sim.run.RunResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a run came to, for scripts. */
public final class RunJson {
    private RunJson() {}

    public static String of(RunResult result) {
        JsonWriter json = new JsonWriter()
                .object()
                .field("seed", result.seed())
                .field("ok", result.isOk())
                .field("traceHash", TraceHash.hex(result.traceHash()))
                .field("events", result.events())
                .field("simulatedNanos", result.simulatedNanos())
                .field("scenario", result.scenario().toString());
        if (!result.isOk()) {
            json.name("failure")
                    .object()
                    .field("kind", result.failure().kind().name().toLowerCase(Locale.ROOT))
                    .field("message", result.failure().message())
                    .field("event", result.failure().event())
                    .field("nanos", result.failure().nanos());
            stall(json, result.failure().stall());
            json.end();
        }
        return json.end().toString();
    }

    /** Adds what waits for what, if that is known. */
    static void stall(JsonWriter json, Stall stall) {
        if (stall != null) {
            json.name("stall").tree(tree(stall));
        }
    }

    private static Map<String, Object> tree(Stall stall) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("who", stall.who());
        tree.put("what", stall.what());
        tree.put("because", stall.because().stream().map(RunJson::tree).toList());
        return tree;
    }
}
