/**
 * Runs as pictures: what an {@link io.orrery.sim.Observer} heard becomes one offline page, a ShiViz log or a Perfetto
 * trace; a burn becomes a wall of its seeds.
 *
 * <p>This package makes texts. It reads and writes no files: who calls it brings the parts of the page, which are
 * resources beside this package, and puts the text where it belongs.
 *
 * <p>Start with {@link io.orrery.sim.report.Recording}, which is all that a report knows of a run, then
 * {@link io.orrery.sim.report.Recorder} for how it comes about, {@link io.orrery.sim.report.RecordingCodec} for how it
 * travels inside the page, and {@code report/*.js} among the resources for how the page shows it.
 */
package io.orrery.sim.report;
