/**
 * What becomes of a cluster that was split, when it is whole again: which side stays as it is, and which nodes start anew.
 *
 * <p>Only where the configuration asks for it; by default healing restarts nobody, since nothing that a split can touch needs
 * it. What it must not do: restart everybody, or a node twice for one split.
 *
 * <p>Start with {@link io.orrery.broker.heal.HealPlan}, which decides; {@link io.orrery.broker.heal.Healer} carries reports
 * and decisions.
 */
package io.orrery.broker.heal;
