/**
 * What routes cost: the heap of a peer's rows, changes applied, how soon a route is seen everywhere, a join of many rows.
 *
 * <p>Figures of this machine and this build. Memory, apply and visibility run in the simulator, with the protocols as they
 * are; the join runs over loopback TCP. Start with {@link io.orrery.server.bench.routes.RoutesFigures}.
 */
package io.orrery.server.bench.routes;
