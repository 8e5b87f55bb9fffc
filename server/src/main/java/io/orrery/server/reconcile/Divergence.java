package io.orrery.server.reconcile;

/**
 * Where two JVMs first part in a seed.
 *
 * @param seed in which they do
 * @param event the first event that differs; 0 if all events are equal and only the end is not
 * @param one the first JVM's name
 * @param oneLine what happened there, with time, node, cause, hash and state
 * @param other the second JVM's name
 * @param otherLine what happened there
 * @param before the last event that both have alike; null if there is none
 */
public record Divergence(
        long seed, long event, String one, String oneLine, String other, String otherLine, String before) {
    @Override
    public String toString() {
        return "seed " + seed + " is not deterministic: the JVMs part at event " + event + "\n  last alike  "
                + (before == null ? "nothing" : before) + "\n  " + one + "  " + oneLine + "\n  " + other + "  "
                + otherLine;
    }
}
