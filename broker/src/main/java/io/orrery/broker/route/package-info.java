/**
 * Which nodes want a topic: the route table that every node holds in full.
 *
 * <p>A row says that one node has a subscriber for a filter. Only that node writes it; the rows of a node belong to one
 * generation of it and vanish together. The package knows nothing of how rows travel, nor of sessions.
 *
 * <p>Start with {@link io.orrery.broker.route.RouteTable}.
 */
package io.orrery.broker.route;
