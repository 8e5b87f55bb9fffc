/**
 * SWIM membership: who is in the cluster, found out by gossip, without a centre.
 *
 * <p>Start with {@link io.orrery.gossip.Membership}, which reads like the paper (Das, Gupta, Motivala: "SWIM: Scalable
 * Weakly-consistent Infection-style Process Group Membership Protocol", DSN 2002) with the extensions of Lifeguard (Dadgar,
 * Phillips, Currey, 2017). Its mechanisms are in {@code swim}, one file each; who wins between two claims is in
 * {@code rules}; rows that ride on membership are in {@code owner}.
 *
 * <p>Pure: no thread, clock, file or socket. Nothing here decides what must be unique in the cluster: a failure detector is
 * a hint, and that is Raft's job.
 */
package io.orrery.gossip;
