/**
 * What becomes of a {@link io.orrery.kernel.Description}: a digest for comparing, or lines for people. Knows no protocol.
 *
 * <p>Start with {@link io.orrery.sim.state.StateDigest}.
 */
package io.orrery.sim.state;
