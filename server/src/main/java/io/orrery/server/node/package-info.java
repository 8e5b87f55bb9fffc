/**
 * A node as a process part: its directory, its assembly from broker, transport and disk, its start, join, leave and stop;
 * and several of them in one process, for development.
 *
 * <p>Only {@link io.orrery.server.node.NodeAssembly} names concrete transports. Start with
 * {@link io.orrery.server.node.ServerNode}.
 */
package io.orrery.server.node;
