package io.orrery.transport.aeron;

import java.util.Optional;

/** Says what to type when the JVM lacks the flag that Aeron's buffers need, before they fail without an explanation. */
final class JvmFlags {
    private static final String PACKAGE = "jdk.internal.misc";
    private static final String FLAG = "--add-opens java.base/jdk.internal.misc=ALL-UNNAMED";

    private JvmFlags() {}

    /** What is missing, for people; empty if nothing is. */
    static Optional<String> missing() {
        Module base = Object.class.getModule();
        if (base.isExported(PACKAGE, JvmFlags.class.getModule())) {
            return Optional.empty();
        }
        return Optional.of("Aeron cannot run in this JVM: its buffers need access to " + PACKAGE
                + ", which this JVM keeps closed. Start it with: java " + FLAG
                + " ... (or put that flag into JAVA_TOOL_OPTIONS, or \"Add-Opens: java.base/" + PACKAGE
                + "\" into the manifest of an executable jar), or choose the TCP transport");
    }
}
