/**
 * All that reaches a broker node by another way than its kernel: what clients do, and what operators ask for. On a node of
 * which a journal is kept, each of these is noted as data on the kernel's tape, and a replay does them again through the
 * same methods. Whoever changes a node from outside must come this way; looking at it needs no leave.
 *
 * <p>Start with {@link io.orrery.broker.input.Inputs}.
 */
package io.orrery.broker.input;
