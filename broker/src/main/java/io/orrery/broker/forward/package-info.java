/**
 * Messages on their way from the publisher's node to the nodes that have subscribers: once each, in order, acknowledged.
 *
 * <p>A {@link io.orrery.broker.forward.ForwardLink} leads to one life of one node. It numbers what it sends, keeps it until
 * it is acknowledged, and sends it again when a stream broke; the {@link io.orrery.broker.forward.ForwardInbox} at the other
 * end takes each number once and in turn. A link ends when its node is declared dead, has left, or lives again: what
 * was on it is dropped and counted, since the sessions it was for are gone.
 *
 * <p>The package knows nothing of topics or routes. Start with {@code ForwardLink}.
 */
package io.orrery.broker.forward;
