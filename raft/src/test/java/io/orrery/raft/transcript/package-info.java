/**
 * The protocol as transcripts: what is done to a few replicas, {@code ----}, and all that they then say, note and answer. The
 * files in {@code src/test/resources/transcripts} are meant to be read; {@link io.orrery.raft.transcript.TranscriptTest} runs
 * them, and writes them anew with {@code -Dtranscripts.rewrite=true}.
 *
 * <p>Nothing happens of itself on a {@link io.orrery.raft.transcript.Stage}: messages wait until they are delivered, timers until
 * they expire or time advances, and a disk that is held until it is released. {@link io.orrery.raft.transcript.Director} has the
 * commands.
 */
package io.orrery.raft.transcript;
