/**
 * What a leader knows of its peers. These classes decide nothing and send nothing: they answer what may be sent and are
 * told what was answered.
 *
 * <p>Start with {@link io.orrery.raft.progress.Progress}.
 */
package io.orrery.raft.progress;
