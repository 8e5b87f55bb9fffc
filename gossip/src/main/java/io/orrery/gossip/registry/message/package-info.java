/**
 * What replicas of the registry say to each other, and its bytes. Start with
 * {@link io.orrery.gossip.registry.message.RegistryMessage}. No decisions are made here; whatever bytes come in, decoding
 * yields a message that can be handled, or refuses.
 */
package io.orrery.gossip.registry.message;
