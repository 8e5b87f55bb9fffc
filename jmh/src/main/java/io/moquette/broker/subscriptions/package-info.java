/**
 * A door to Moquette's trie, whose constructor only its own package may call. Nothing else belongs here: see
 * {@link io.orrery.jmh.match.MoquetteMatcher}.
 */
package io.moquette.broker.subscriptions;
