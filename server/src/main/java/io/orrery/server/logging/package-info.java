/**
 * One stream of words: the logs of all parts go through SLF4J to stderr, in one format, at one level. Start with
 * {@link io.orrery.server.logging.Logs}.
 */
package io.orrery.server.logging;
