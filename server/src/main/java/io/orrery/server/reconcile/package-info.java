/**
 * Determinism as a proof: each seed in several JVMs that differ in all that must not matter, and the first event at which two
 * of them part.
 *
 * <p>Each JVM runs the same burn and prints fingerprints; the one that started them compares, line by line. Nothing here looks
 * into a protocol.
 *
 * <p>Start with {@link io.orrery.server.reconcile.Reconciler}.
 */
package io.orrery.server.reconcile;
