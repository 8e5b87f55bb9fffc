package io.orrery.server.simulation;

import io.orrery.sim.shrink.Attempt;
import java.util.Locale;

/**
 * A scenario that fails, as the source of a JUnit test: it fails for the same reason until the bug is mended, and then keeps
 * it from coming back.
 *
 * @param className a Java identifier
 */
public record ShrunkTest(String className, Attempt smallest) {
    /** What a test is called whose file is not named. */
    public static String usualName(long seed) {
        return "Seed" + (seed < 0 ? "Minus" : "") + Long.toUnsignedString(Math.abs(seed)) + "Test";
    }

    public String source() {
        return """
                import static org.junit.jupiter.api.Assertions.assertTrue;

                import io.orrery.server.simulation.Simulations;
                import io.orrery.sim.run.RunResult;
                import io.orrery.sim.run.Runner;
                import io.orrery.sim.scenario.Scenario;
                import org.junit.jupiter.api.Test;

                /** Before it was mended: %s */
                class %s {
                    private static final String SCENARIO =
                            \"""
                %s            \""";

                    @Test
                    void %s() {
                        Scenario scenario = Scenario.parse(SCENARIO);
                        RunResult result = Runner.run(scenario, Simulations.workloads().make(scenario.workload()));
                        assertTrue(result.isOk(), result::toString);
                    }
                }
                """.formatted(comment(), className, indented(), claim());
    }

    /** The failure in one line that a comment can hold; what Java would read in it is taken out. */
    private String comment() {
        return smallest.failure()
                .replaceAll("\\s+", " ")
                .replace("*/", "*")
                .replace('\\', '/')
                .strip();
    }

    private String indented() {
        StringBuilder text = new StringBuilder();
        smallest.scenario()
                .toString()
                .lines()
                .forEach(line -> text.append("            ").append(line).append('\n'));
        return text.toString();
    }

    private String claim() {
        return switch (smallest.identity().kind().toLowerCase(Locale.ROOT)) {
            case "liveness" -> "allComesRightOnceTheFaultsAreOver";
            case "halt" -> "noNodeHalts";
            default -> "nothingHappensThatMustNot";
        };
    }
}
