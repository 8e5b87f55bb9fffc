/**
 * The simulated disk: what a node wrote, what of it is durable, and what a crash makes of the rest.
 *
 * <p>Names and contents are kept apart, as on a real file system: {@link io.orrery.sim.disk.Directory} maps names to
 * {@link io.orrery.sim.disk.Inode}s and journals creations, renames and deletions; an inode keeps its bytes and the changes
 * not yet synced. Operations take effect when they are issued and complete later.
 *
 * <p>Start with {@link io.orrery.sim.disk.SimDisk}.
 */
package io.orrery.sim.disk;
