/**
 * The daemon: it puts a broker node on real threads, sockets and disks, and opens it to MQTT clients and operators.
 *
 * <p>Nothing here decides anything that a cluster must agree on; that is the broker's. Start with
 * {@link io.orrery.server.Main}.
 */
package io.orrery.server;
