/**
 * Structures for replicated state machines whose state is large: they can be written as they were at one moment, little by
 * little, while they go on changing. Nothing here knows what a snapshot is for.
 *
 * <p>Start with {@link io.orrery.kernel.snapshot.SnapshotMap}.
 */
package io.orrery.kernel.snapshot;
