/**
 * What becomes of a {@link io.orrery.kernel.Description}: lines for people, beside {@code StateDigest} for comparing. Knows
 * no protocol.
 *
 * <p>Start with {@link io.orrery.sim.state.StateText}.
 */
package io.orrery.sim.state;
