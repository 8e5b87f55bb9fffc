package io.orrery.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** This build's version, as Maven wrote it into the jar. */
public final class Version {
    private Version() {}

    /** Such as {@code 0.1.0-SNAPSHOT}; {@code dev} where the classes were not built by Maven. */
    public static String text() {
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
            return text.isEmpty() || text.startsWith("$") ? "dev" : text;
        } catch (IOException e) {
            return "dev";
        }
    }
}
