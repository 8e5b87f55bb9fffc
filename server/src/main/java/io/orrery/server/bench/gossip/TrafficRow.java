package io.orrery.server.bench.gossip;

/**
 * What a node sends in a cluster in which nothing happens.
 *
 * @param gossipBytes of membership, bytes of frames a second
 * @param rowBytes of the owner log, the same; 0 where none runs
 * @param packets datagrams and stream frames a second, of both
 */
public record TrafficRow(int n, boolean hasRows, double gossipBytes, double rowBytes, double packets) {}
