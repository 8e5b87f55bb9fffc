package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.MaelstromMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One node as Maelstrom would start it: a process with three pipes. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final OutputStream stdin;
    private final Thread pump;
    private final Path log;

    /**
     * @param onLine takes the process's lines, on a thread of this class
     */
    NodeProcess(String name, List<String> options, Consumer<String> onLine) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx96m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MaelstromMain.class.getName()));
        command.addAll(options);
        try {
            log = Files.createTempFile("orrery-" + name + "-", ".log");
            process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stdin = process.getOutputStream();
        pump = new Thread(() -> pump(onLine), "pump-" + name);
        pump.setDaemon(true);
        pump.start();
    }

    private void pump(Consumer<String> onLine) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                onLine.accept(line);
            }
        } catch (IOException closed) {
            onLine.accept("(the pipe broke: " + closed.getMessage() + ")");
        }
    }

    /** Writes a line; for one thread. */
    void write(String line) {
        try {
            stdin.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            stdin.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("the node is gone; its log: " + log(), gone);
        }
    }

    /** What the process wrote to stderr so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the input and waits for the process to end by itself. */
    int stop() {
        try {
            stdin.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the node did not end with its input; its log: " + log());
            }
            pump.join(TimeUnit.SECONDS.toMillis(5));
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
