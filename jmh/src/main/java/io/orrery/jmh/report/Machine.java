package io.orrery.jmh.report;

import io.orrery.server.json.JsonWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where figures come from. Without it a figure means nothing.
 *
 * @param load the one-minute load average when the run began, in hundredths; negative where it is not known
 */
public record Machine(String cpu, int cores, String os, String jdk, long memoryMebibytes, long load) {
    public static Machine here() {
        Runtime runtime = Runtime.getRuntime();
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                procLine("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                runtime.availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                memory(),
                Math.round(system.getSystemLoadAverage() * 100));
    }

    private static long memory() {
        String line = procLine("/proc/meminfo", "MemTotal", "0 kB");
        return Long.parseLong(line.substring(0, line.indexOf(' '))) / 1024;
    }

    private static String procLine(String file, String field, String otherwise) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(field))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }

    void writeTo(JsonWriter json) {
        json.name("machine").object();
        json.field("cpu", cpu).field("cores", cores).field("os", os);
        json.field("memory_mib", memoryMebibytes).field("load_hundredths", load).end();
        json.field("jdk", jdk);
    }

    @Override
    public String toString() {
        return cpu + ", " + cores + " cores, " + os + ", load " + load / 100.0 + ", " + jdk;
    }
}
