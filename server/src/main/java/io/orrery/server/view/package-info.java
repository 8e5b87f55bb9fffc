/**
 * What the nodes of a cluster believe of each other, side by side: read from their admin interfaces, compared, and shown.
 *
 * <p>A node that does not answer is part of the picture, never an error: whoever looks here looks because something is
 * wrong. Nothing here asks a node to do anything. Start with {@link io.orrery.server.view.ClusterView}, one picture; {@link
 * io.orrery.server.view.Convergence} says what differs in it, {@link io.orrery.server.view.ViewMatrix} draws it, {@link
 * io.orrery.server.view.ViewPoller} takes one after the other.
 */
package io.orrery.server.view;
