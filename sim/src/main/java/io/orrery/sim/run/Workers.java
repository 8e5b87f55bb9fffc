package io.orrery.sim.run;

import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Runs independent pieces of work, perhaps on many threads, and hands back their results in order. */
public interface Workers {
    /**
     * Calls {@code work} once for each number from {@code first} on, on any thread, and gives its results to {@code sink}, on
     * the caller's thread and in the order of the numbers. It may keep a bounded number of results waiting.
     *
     * @param count how many numbers
     */
    <R> void run(long first, long count, LongFunction<R> work, Consumer<R> sink);

    /** One after another, on the caller's thread. */
    Workers ONE = new Workers() {
        @Override
        public <R> void run(long first, long count, LongFunction<R> work, Consumer<R> sink) {
            for (long i = 0; i < count; i++) {
                sink.accept(work.apply(first + i));
            }
        }
    };
}
