package io.orrery.server.mutant;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a JVM that runs {@code orrery} with a mutant planted. */
final class PlantedJvm {
    private static final String MAIN = "io.orrery.server.Main";

    private PlantedJvm() {}

    /**
     * @param overlay the mutant's classes
     * @param arguments of the command, such as {@code sim burn}
     */
    static ProcessBuilder of(Path overlay, List<String> arguments) {
        return of(overlay, List.of(), arguments);
    }

    /**
     * @param overlay the mutant's classes
     * @param properties for the JVM, such as {@code -Da=b}
     * @param arguments of the command, such as {@code sim burn}
     */
    static ProcessBuilder of(Path overlay, List<String> properties, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g"));
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(properties);
        command.addAll(List.of("-classpath", MutantCompiler.classPath(overlay), MAIN));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
