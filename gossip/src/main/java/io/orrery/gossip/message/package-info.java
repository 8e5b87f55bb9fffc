/**
 * What members say to each other, and its bytes: the wire form of {@code io.orrery.gossip}.
 *
 * <p>Start with {@link io.orrery.gossip.message.GossipMessage}. One codec serves datagrams and streams. Decoding accepts
 * exactly what encoding writes and throws {@link io.orrery.kernel.codec.DecodeException} for anything else; whether a
 * well-formed message makes sense is not decided here.
 */
package io.orrery.gossip.message;
