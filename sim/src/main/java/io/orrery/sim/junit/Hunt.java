package io.orrery.sim.junit;

import java.util.function.BooleanSupplier;

/**
 * What a batch of seeds goes through: search for the first that fails; run that again, to see whether the seed decides all;
 * shrink it; write its files; say what was found.
 */
final class Hunt {
    private final TestName test;
    private final Settings settings;
    private final SeedRun runner;
    private final Project project;

    Hunt(TestName test, Settings settings, SeedBody body, Project project) {
        this.test = test;
        this.settings = settings;
        this.runner = new SeedRun(body, settings.eventsMax());
        this.project = project;
    }

    /**
     * Runs a batch.
     *
     * @throws SimulationTestFailure for the first seed that fails
     * @throws org.opentest4j.TestAbortedException if an assumption held for no seed
     */
    void run(SeedBatch batch) throws Throwable {
        Search search = new Search(runner, batch);
        Search.Finding found = search.run(settings.threads());
        if (found != null) {
            throw failure(batch, found);
        }
        Throwable abortion = search.abortion();
        if (abortion != null) {
            throw abortion;
        }
    }

    /** The failing seed with as few faults as bring the failure about when all operations are started. */
    private RunOutcome pin(RunOutcome failed, RunOutcome smallest) {
        RunOutcome pinned = runner.run(failed.script().faults(smallest.faults()));
        return pinned.isFailed() && pinned.signature().equals(failed.signature()) ? pinned : failed;
    }

    private SimulationTestFailure failure(SeedBatch batch, Search.Finding found) {
        RunOutcome failed = found.outcome();
        RunOutcome again = found.again() == null ? runner.run(failed.script()) : found.again();
        FailureText text = new FailureText(test, project, batch, found.number());
        if (!failed.isSame(again)) {
            text.nonDeterministic(failed, again, Divergence.locate(runner, failed.script()));
            RunOutcome told = failed.isFailed() ? failed : again;
            return new SimulationTestFailure(failed.script().seed(), text.toString(), told.thrown());
        }
        long endNanos = System.nanoTime() + settings.shrinkSecondsMax() * 1_000_000_000L;
        BooleanSupplier timeIsUp = () ->
                System.nanoTime() - endNanos >= 0 || Thread.currentThread().isInterrupted();
        Shrinker shrinker = new Shrinker(runner, failed, timeIsUp);
        RunOutcome smallest = shrinker.shrink();
        text.failed(failed);
        text.shrunk(failed, smallest, shrinker);
        FailureFiles files = new FailureFiles(settings.directory(project), test, project, smallest);
        text.files(files.write(runner), files.trouble());
        text.pin(pin(failed, smallest));
        return new SimulationTestFailure(failed.script().seed(), text.toString(), failed.thrown());
    }
}
