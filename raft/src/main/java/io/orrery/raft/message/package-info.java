/**
 * What replicas say to one another: immutable records and their wire form. No behaviour lives here.
 *
 * <p>Start with {@link io.orrery.raft.message.RaftMessage}; each message has a golden file in the tests' resources.
 */
package io.orrery.raft.message;
