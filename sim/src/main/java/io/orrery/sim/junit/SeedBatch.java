package io.orrery.sim.junit;

import java.util.function.LongFunction;

/**
 * Seeds that run as one invocation of a test.
 *
 * @param name as people see it
 * @param count of seeds
 * @param scripts by number, from 0 up to the count
 */
record SeedBatch(String name, long count, LongFunction<RunScript> scripts) {
    static SeedBatch of(String name, RunScript script) {
        return new SeedBatch(name, 1, number -> script);
    }
}
