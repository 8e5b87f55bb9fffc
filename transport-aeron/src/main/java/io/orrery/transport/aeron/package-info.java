/**
 * Frames over Aeron: UDP between machines, shared memory within one. The media driver runs on the node's own thread
 * unless told otherwise.
 *
 * <p>Outbound, a {@code Peer} has a {@code Lane} per delivery class, each one publication. Inbound, each image is a
 * {@code Session} that names its sender by a {@code Hello}; what comes without one is dropped. Nothing here knows
 * what a frame says, and no Aeron or Agrona type shows in a public signature.
 *
 * <p>Needs {@code --add-opens java.base/jdk.internal.misc=ALL-UNNAMED}. Start with
 * {@link io.orrery.transport.aeron.AeronTransport}.
 */
package io.orrery.transport.aeron;
