/**
 * How much a protocol says, by kind of message: for whoever operates a cluster and asks what its gossip costs.
 *
 * <p>Counting decides nothing and changes no byte: a {@link io.orrery.gossip.traffic.CountedCodec} stands between a port and
 * the codec that it would have had. Start there.
 */
package io.orrery.gossip.traffic;
