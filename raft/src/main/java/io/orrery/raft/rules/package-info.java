/**
 * The safety rules of Raft as overridable methods: the place where tests plant a bug. Nothing here is configurable at run
 * time; a group gets other rules than the paper's only through its constructor.
 *
 * <p>Start with {@link io.orrery.raft.rules.RaftRules}.
 */
package io.orrery.raft.rules;
