/**
 * The kernel's STREAM class over a network that delays, reorders, duplicates and drops single messages: epochs (one for
 * each connection), sequence numbers, cumulative acknowledgements, resending, and giving up.
 *
 * <p>Pure: told the time, tells what to send. Start with {@link io.orrery.jepsen.peer.StreamSender}; its counterpart is
 * {@link io.orrery.jepsen.peer.StreamReceiver}. Knows nothing of JSON or Maelstrom.
 */
package io.orrery.jepsen.peer;
