/**
 * The decisions of gossip that decide between right and wrong, as pure functions: which of two claims wins, and whose rows
 * are kept.
 *
 * <p>Start with {@link io.orrery.gossip.rules.GossipRules}. Nothing here has state, sends or schedules anything. Tests
 * override single decisions to plant a bug and see that it is found; production code never does.
 */
package io.orrery.gossip.rules;
