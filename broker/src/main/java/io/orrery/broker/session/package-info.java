/**
 * MQTT sessions of the clients that are connected to this node, and the seam to the network listener.
 *
 * <p>A listener calls {@link io.orrery.broker.session.ClientSession}; the session answers through
 * {@link io.orrery.broker.session.ClientLink}. Sessions are clean: they live as long as their connection. The package
 * knows nothing of other nodes; what leaves a session goes to its {@code SessionHost}.
 *
 * <p>Start with {@link io.orrery.broker.session.ClientSession}.
 */
package io.orrery.broker.session;
