package io.orrery.sim.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each of many seeds, each time with a new {@link SimCluster} and new {@link Faults}; it may ask
 * for either, or for the {@link io.orrery.sim.Simulation} itself, as a parameter.
 *
 * <pre>{@code
 * @SimulationTest(seeds = 1000, nodes = 5)
 * @Seed(42)
 * void counterNeverLosesAnAcknowledgedIncrement(SimCluster cluster, Faults faults) { ... }
 * }</pre>
 *
 * <p>Each seed has its own instance of the test class and its own calls of {@code @BeforeEach} and {@code @AfterEach}
 * methods, so that nothing leaks from one seed into the next; fields that other extensions fill stay empty. With
 * {@code @TestInstance(PER_CLASS)} all seeds share the one instance.
 *
 * <p>Pinned seeds ({@link Seed}) run first, each as an invocation of its own, then the rest as one. The first seed that
 * fails is run again to see whether it does the same, is shrunk, and ends the test with a {@link SimulationTestFailure}.
 *
 * <p>Overrides, as a system property, a line of {@code junit-platform.properties}, or in the environment:
 *
 * <ul>
 *   <li>{@code orrery.seed}, {@code ORRERY_SEED}: only this seed
 *   <li>{@code orrery.seeds}, {@code ORRERY_SEEDS}: how many seeds
 *   <li>{@code orrery.first-seed}, {@code ORRERY_FIRST_SEED}: the first of them
 *   <li>{@code orrery.scenario}, {@code ORRERY_SCENARIO}: only the seed, nodes, faults and operations of this scenario file
 *   <li>{@code orrery.directory}, {@code ORRERY_DIRECTORY}: where files about failures go, instead of {@code target/orrery}
 * </ul>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SimulationExtension.class)
public @interface SimulationTest {
    /** How many seeds, besides the pinned ones; 0 to 100,000,000. */
    long seeds() default 1000;

    /** The first of them; the others follow it. A build runs the same ones every time. */
    long firstSeed() default 1;

    /** Nodes of the cluster, named n1, n2 and so on; 1 to 1000. */
    int nodes() default 3;

    /** Whether seeds run on all cores at once. The test must then share nothing between seeds, static fields included. */
    boolean parallel() default false;

    /** Events of nodes in one run at most; a run that reaches this fails: it would not end. */
    long eventsMax() default 10_000_000;

    /** Time by the machine's clock that shrinking a failure may take, in seconds; 0 for none. */
    int shrinkSecondsMax() default 20;
}
