/**
 * What a Maelstrom node answers, by message type: one binary for all workloads.
 *
 * <p>Start with {@link io.orrery.jepsen.workload.WorkloadNode}. What only has to spread (broadcast, sets, counters) rides on
 * the owner log of gossip; what must be unique (lin-kv) goes through a Raft group. Nothing here sends a message to a peer by
 * itself.
 */
package io.orrery.jepsen.workload;
