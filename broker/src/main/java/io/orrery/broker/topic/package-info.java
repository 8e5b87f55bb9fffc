/**
 * Topic names, topic filters, and the structure that finds the filters which match a name (MQTT 5.0 section 4.7).
 *
 * <p>{@link io.orrery.broker.topic.TopicIndex} maps filters to small sets of integers: filters without a wildcard lie in
 * a hash table, the others in a trie of flat arrays. A match scans the name once and allocates nothing. The package knows
 * nothing of nodes, sessions or messages, and must not: what an integer means is its user's business.
 *
 * <p>Start with {@link io.orrery.broker.topic.TopicFilter} for the rules, then
 * {@link io.orrery.broker.topic.TopicIndex}.
 */
package io.orrery.broker.topic;
