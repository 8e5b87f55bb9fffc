package io.orrery.sim.junit;

import io.orrery.sim.scenario.FaultPlan;
import io.orrery.sim.scenario.Scenario;
import io.orrery.sim.scenario.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which seeds a test runs, as invocations: those that overrides name, or the pinned ones and then the rest. */
final class Batches {
    private final TestName test;
    private final Settings settings;
    private final Project project;

    Batches(TestName test, Settings settings, Project project) {
        this.test = test;
        this.settings = settings;
        this.project = project;
    }

    List<SeedBatch> of(List<Seed> pinned) {
        if (settings.onlyScenario() != null) {
            return List.of(ofScenario(settings.onlyScenario()));
        }
        if (settings.onlySeed() != null) {
            RunScript script = RunScript.of(settings.onlySeed(), settings.nodes());
            return List.of(SeedBatch.of("seed " + settings.onlySeed() + ", by override", script));
        }
        List<SeedBatch> batches = new ArrayList<>();
        for (Seed seed : pinned) {
            batches.add(SeedBatch.of("seed " + seed.value() + ", pinned", ofPin(seed)));
        }
        long count = settings.seeds();
        long first = settings.firstSeed();
        if (count > 0) {
            String name = count + (count == 1 ? " seed" : " seeds") + " from " + first + " on";
            batches.add(new SeedBatch(name, count, number -> RunScript.of(first + number, settings.nodes())));
        }
        if (batches.isEmpty()) {
            throw new ExtensionConfigurationException("@SimulationTest: no seeds, and none pinned: nothing would run");
        }
        return batches;
    }

    private RunScript ofPin(Seed seed) {
        RunScript script = RunScript.of(seed.value(), settings.nodes());
        if (seed.faults().length == 0) {
            return script;
        }
        try {
            return script.faults(FaultPlan.parse(String.join("\n", seed.faults()), settings.nodes()));
        } catch (ScenarioException wrong) {
            throw new ExtensionConfigurationException(
                    "@Seed(" + seed.value() + "), faults, " + wrong.getMessage(), wrong);
        }
    }

    private SeedBatch ofScenario(String file) {
        Scenario scenario;
        try {
            scenario = Scenario.parse(Files.readString(project.find(file)));
        } catch (IOException | IllegalArgumentException refused) {
            throw new ExtensionConfigurationException(
                    "the scenario of orrery.scenario cannot be read: " + refused, refused);
        } catch (ScenarioException wrong) {
            throw new ExtensionConfigurationException(file + ", " + wrong.getMessage(), wrong);
        }
        if (!scenario.workload().equals(test.word())) {
            throw new ExtensionConfigurationException(file + " is of the test " + scenario.workload() + ", this one is "
                    + test.word() + ": run that test alone, or change the workload line");
        }
        RunScript script = new RunScript(scenario.seed(), scenario.nodeCount(), scenario.plan(), scenario.operations());
        return SeedBatch.of("scenario of seed " + scenario.seed() + ", by override", script);
    }
}
