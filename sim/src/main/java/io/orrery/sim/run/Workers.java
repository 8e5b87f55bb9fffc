package io.orrery.sim.run;

import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Runs independent pieces of work, perhaps on many threads, and hands back their results in order. */
public interface Workers {
    /**
     * Calls {@code work} once for each number from {@code first} on, on any thread, and gives its results to {@code sink}, on
     * the caller's thread and in the order of the numbers, until {@code sink} has had enough. It may keep a bounded number of
     * results waiting; what it has begun beyond the last wanted result is dropped.
     *
     * @param count how many numbers at most
     * @param sink whether it wants another result
     */
    <R> void runWhile(long first, long count, LongFunction<R> work, Predicate<R> sink);

    /** The same for a sink that wants all results. */
    default <R> void run(long first, long count, LongFunction<R> work, Consumer<R> sink) {
        runWhile(first, count, work, result -> {
            sink.accept(result);
            return true;
        });
    }

    /** One after another, on the caller's thread. */
    Workers ONE = new Workers() {
        @Override
        public <R> void runWhile(long first, long count, LongFunction<R> work, Predicate<R> sink) {
            for (long i = 0; i < count; i++) {
                if (!sink.test(work.apply(first + i))) {
                    return;
                }
            }
        }
    };
}
