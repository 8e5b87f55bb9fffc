/**
 * What happened, as data: transitions for people, marks for coverage, a hash for identity. Pure.
 *
 * <p>Start with {@link io.orrery.kernel.trace.Trace}.
 */
package io.orrery.kernel.trace;
