/**
 * Known bugs, planted one at a time: how many seeds does the simulator need to find each?
 *
 * <p>A mutant is a text file that says which lines of which source file to replace. It is applied to a copy of the checkout's
 * source, compiled beside the running classes, and put before them on the class path of a child JVM, which burns seeds until
 * one fails. So the code that runs in production has no hooks, and what a mutant goes through is what any edit of a line goes
 * through.
 *
 * <p>Nothing here may weaken or configure a protocol at run time. Start with {@link io.orrery.server.mutant.Mutant} for what
 * a mutant says and with {@link io.orrery.server.mutant.MutantSweep} for how all of them are hunted.
 */
package io.orrery.server.mutant;
