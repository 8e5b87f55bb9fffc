package io.orrery.server.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import io.orrery.server.reconcile.PlantedSweep.Order;
import io.orrery.sim.Observer;
import io.orrery.sim.Simulation;
import io.orrery.sim.run.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Within one JVM a leaked identity hash or a salted order repeats itself; between two, with different hash modes, it does
 * not: it is found, and the event named in which it happened.
 */
class ReconcileTest {
    private static final LongConsumer NO_PROGRESS = seed -> {};

    private static List<Jvm> jvms(String... program) {
        List<String> command = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(program));
        return Jvm.all(command);
    }

    private static Reconciler planted(Order order) {
        return new Reconciler(jvms(PlantedSweep.Child.class.getName(), order.name()));
    }

    /** Where the planted node goes through its peers: a line up to the event's hash. */
    private static final class SweepFinder implements Observer {
        private final Simulation sim;
        private String line;
        private long at;

        SweepFinder(Simulation sim) {
            this.sim = sim;
        }

        @Override
        public void onEvent(long event, NodeId node, NodeEvent.Kind kind, String subject, long message) {
            if (subject.endsWith(PlantedSweep.TIMER)) {
                at = event;
                line = "event " + event + " " + Time.text(sim.nowNanos()) + " " + node + " " + kind + " " + subject;
            }
        }
    }

    private static SweepFinder sweep(Order order, long seed) {
        SweepFinder[] finder = new SweepFinder[1];
        Runner.run(PlantedSweep.burn(order).scenario(seed), new PlantedSweep(order), sim -> {
            finder[0] = new SweepFinder(sim);
            sim.observe(finder[0]);
        });
        return finder[0];
    }

    @ParameterizedTest
    @CsvSource({"200, 2", "6, 10"})
    void seedsOfTheUsualMixAreAlikeInAllJvms(int seeds, String horizonSeconds) {
        List<Jvm> jvms = jvms(
                "io.orrery.server.Main", "sim", "reconcile", "--horizon-seconds", horizonSeconds, "--fingerprints");
        assertThat(jvms.size()).isGreaterThanOrEqualTo(2);
        List<Long> alike = new ArrayList<>();
        assertThat(new Reconciler(jvms).compare(1, seeds, alike::add)).isNull();
        assertThat(alike).hasSize(seeds);
    }

    @ParameterizedTest
    @EnumSource(names = {"BY_HASH", "BY_HASH_IN_SECRET"})
    void orderOfAHashMapIsLocatedInTheEventThatWentThroughIt(Order order) {
        SweepFinder expected = sweep(order, 7);
        assertThat(expected.at).isGreaterThan(Fingerprints.CHECKPOINT_EVENTS);
        List<Long> alike = new ArrayList<>();
        Divergence found = planted(order).compare(7, 2, alike::add);
        assertThat(alike).isEmpty();
        assertThat(found.seed()).isEqualTo(7);
        assertThat(found.event()).isEqualTo(expected.at);
        assertThat(found.oneLine()).startsWith(expected.line + " hash=");
        assertThat(found.otherLine()).startsWith(expected.line + " hash=").isNotEqualTo(found.oneLine());
        assertThat(found.before()).startsWith("event " + (expected.at - 1) + " ");
        assertThat(found.toString())
                .contains("seed 7 is not deterministic: the JVMs part at event " + expected.at, "last alike  event")
                .contains(" " + PlantedSweep.CULPRIT + " ");
    }

    @Test
    void sameNodesWithoutTheHashMapAreAlike() {
        assertThat(planted(Order.AS_THEY_CAME).compare(7, 3, NO_PROGRESS)).isNull();
    }

    @Test
    void jvmThatIsNotThereIsNamed() {
        List<Jvm> jvms = new ArrayList<>(jvms(PlantedSweep.Child.class.getName(), Order.BY_HASH.name()));
        jvms.add(new Jvm("the lost one", List.of("/no/such/java")));
        assertThatThrownBy(() -> new Reconciler(jvms).compare(7, 1, NO_PROGRESS))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(problem.text()).contains("cannot start the JVM 'the lost one'", "/no/such/java");
                });
    }

    @Test
    void jvmThatEndsEarlyIsNamedWithItsLastWords() {
        List<Jvm> jvms = jvms(PlantedSweep.Child.class.getName(), "NO_SUCH_ORDER");
        assertThatThrownBy(() -> new Reconciler(jvms).compare(7, 1, NO_PROGRESS))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.text()).contains("hashCode=0", "ended early", "NO_SUCH_ORDER"));
    }

    @Test
    void jvmThatSaysNothingForTooLongIsEndedAndNamedWithItsSeed() {
        Jvm stuck = new Jvm("the stuck one", List.of("/bin/sh", "-c", "echo seed 7 alike; exec sleep 600"));
        List<Long> alike = new ArrayList<>();
        assertThatThrownBy(() -> new Reconciler(List.of(stuck, stuck), 1).compare(7, 2, alike::add))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(problem.text())
                            .contains("the JVM 'the stuck one' said nothing for 1 s, at seed 8, and was ended")
                            .contains("--seconds-per-seed 4", "orrery sim replay --seed 8");
                });
        assertThat(alike).containsExactly(7L);
    }
}
