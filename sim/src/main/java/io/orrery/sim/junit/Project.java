package io.orrery.sim.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The project that a test belongs to, as far as its folders tell.
 *
 * @param module the folder that the test runs in
 * @param root of all modules; the same as {@code module} if there is only one
 */
record Project(Path module, Path root) {
    private static final Path POM = Path.of("pom.xml");

    /** The project around the folder that tests run in. */
    static Project here() {
        String folder = System.getProperty("basedir", System.getProperty("user.dir", "."));
        return around(Path.of(folder).toAbsolutePath().normalize());
    }

    static Project around(Path module) {
        Path root = module;
        while (Files.exists(module.resolve(POM))
                && root.getParent() != null
                && Files.exists(root.getParent().resolve(POM))) {
            root = root.getParent();
        }
        return new Project(module, root);
    }

    private boolean isGradle() {
        return !Files.exists(module.resolve(POM))
                && (Files.exists(module.resolve("build.gradle")) || Files.exists(module.resolve("build.gradle.kts")));
    }

    /** Where files about failures go. */
    Path output() {
        return module.resolve(isGradle() ? "build" : "target").resolve("orrery");
    }

    /** A path as it is typed in the folder of the command. */
    String relative(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }

    /** A file that was named in a command: in the root's folder, or in this module's. */
    Path find(String name) {
        Path inRoot = root.resolve(name);
        return Files.exists(inRoot) ? inRoot : module.resolve(name);
    }

    /**
     * The command that runs a test with an override, from the root's folder.
     *
     * @param name of the override: {@code seed}
     */
    String command(TestName test, String name, String value) {
        String variable = "ORRERY_" + name.toUpperCase(Locale.ROOT);
        if (isGradle()) {
            String gradle = Files.exists(root.resolve("gradlew")) ? "./gradlew" : "gradle";
            return variable + "=" + value + " " + gradle + " test --tests '" + test.selector('.') + "'";
        }
        String maven = Files.exists(root.resolve("mvnw")) ? "./mvnw" : "mvn";
        String part = root.equals(module)
                ? " test"
                : " test -pl " + root.relativize(module) + " -am -Dsurefire.failIfNoSpecifiedTests=false";
        return maven + part + " -Dtest='" + test.selector('#') + "' -Dorrery." + name + "=" + value;
    }
}
