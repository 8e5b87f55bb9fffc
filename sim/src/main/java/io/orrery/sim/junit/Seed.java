package io.orrery.sim.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A seed that a {@link SimulationTest} always runs, before all others: one that failed once. */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Seed.Container.class)
public @interface Seed {
    long value();

    /**
     * Lines of faults in the syntax of scenarios, {@code at 1s partition n1 | n2,n3}, that take the place of those that the
     * seed draws. A seed alone may mean something else when the code that draws faults changes; with its lines it does not.
     */
    String[] faults() default {};

    /** Several of them. */
    @Documented
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Container {
        Seed[] value();
    }
}
