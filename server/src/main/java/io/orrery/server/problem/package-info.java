/**
 * What goes wrong outside the program, told to a person: what happened, why, and what to type next, with an exit code.
 *
 * <p>Nothing here is for broken rules of the code itself; those are bugs and end with exit code 70. Start with
 * {@link io.orrery.server.problem.Problem}.
 */
package io.orrery.server.problem;
