package io.orrery.server.simulation;

import io.orrery.sim.report.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The parts of the pages that the simulator's reports are made of: they lie in its jar, which only impure code reads. */
public final class ReportFiles {
    private ReportFiles() {}

    /** The text of a part, by its name. */
    public static String part(String name) {
        try (InputStream in = Recording.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks the page's part " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
