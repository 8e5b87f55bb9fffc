/**
 * The keys of a node and how operators change them: the key file, and the talk by which one node has all others install, use
 * and remove a key. Key bytes are in the file and in what travels wrapped under the primary; never in a log, a metric or an
 * answer.
 *
 * <p>Start with {@link io.orrery.server.keys.KeyKeeper}, then {@link io.orrery.server.keys.KeyExchange}.
 */
package io.orrery.server.keys;
