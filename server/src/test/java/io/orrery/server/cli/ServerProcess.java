package io.orrery.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code orrery server} in a process of its own, on free ports and the folder's {@code data}. */
public final class ServerProcess {
    private ServerProcess() {}

    /**
     * Starts it.
     *
     * @param words the file to which what it says to people is added
     * @param more arguments
     */
    public static Process start(Path folder, Path words, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-opens",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server",
                "--name=n@x",
                "--host=127.0.0.1",
                "--dir=" + folder.resolve("data"),
                "--set=cluster.port=0",
                "--set=mqtt.port=0",
                "--set=admin.port=0"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(words.toFile()))
                .start();
    }

    /** Waits until it says that it is ready. */
    public static void requireReady(Process process, Path words) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).as(Files.readString(words)).isEqualTo("ready");
    }
}
