/**
 * The registry's files: a snapshot of all, and journals of this node's own writes since. Start with
 * {@link io.orrery.gossip.registry.disk.RegistryDisk}; {@link io.orrery.gossip.registry.disk.BlockFile} is how their bytes
 * look. Nothing here decides what a cell means.
 */
package io.orrery.gossip.registry.disk;
