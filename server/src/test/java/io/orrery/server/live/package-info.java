/**
 * Gossip on real threads, sockets and disks, many nodes in one process: whether what the simulator shows holds outside it.
 *
 * <p>{@link io.orrery.server.live.LiveGossipTest} is the small part that every build runs. {@link
 * io.orrery.server.live.LiveFiguresTest} is the large one, run by hand through {@code server/src/test/scripts/gossip-live.sh};
 * docs/GOSSIP-LIVE.md has its figures. Nothing here sleeps in place of a condition: waiting is polling with a deadline.
 */
package io.orrery.server.live;
