/**
 * What nodes say to each other about owners' rows, and its bytes.
 *
 * <p>Start with {@link io.orrery.gossip.owner.message.OwnerMessage}. Decoding accepts exactly what encoding writes and throws
 * {@link io.orrery.kernel.codec.DecodeException} for anything else.
 */
package io.orrery.gossip.owner.message;
