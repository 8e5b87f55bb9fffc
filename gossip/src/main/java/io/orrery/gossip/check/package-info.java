/**
 * What must hold of all nodes together, for simulations: fed by node after each event, cheap unless something changed.
 *
 * <p>Start with {@link io.orrery.gossip.check.MembershipInvariants} and {@link io.orrery.gossip.check.OwnerLogInvariants}. They
 * know nothing of a simulator: whoever runs the nodes calls them. They only look, and throw
 * {@link io.orrery.kernel.Check.Violation} when a rule is broken. Whether nodes have converged is asked separately, after
 * faults have ended: before, they need not have.
 */
package io.orrery.gossip.check;
