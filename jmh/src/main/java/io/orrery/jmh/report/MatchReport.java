package io.orrery.jmh.report;

import io.orrery.jmh.match.MatchBenchmark;
import io.orrery.server.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the matching benchmark, or those that the arguments name, and writes {@code <date>-<name>.json} and the table.
 *
 * <pre>
 * java -cp jmh/target/benchmarks-all.jar io.orrery.jmh.report.MatchReport [--out folder] [--name name] [JMH's own options]
 * </pre>
 */
public final class MatchReport {
    private MatchReport() {}

    public static void main(String[] arguments) throws RunnerException, IOException, CommandLineOptionException {
        Path folder = Path.of("jmh", "results");
        String name = "match";
        int next = 0;
        for (; next + 1 < arguments.length && arguments[next].startsWith("--"); next += 2) {
            switch (arguments[next]) {
                case "--out" -> folder = Path.of(arguments[next + 1]);
                case "--name" -> name = arguments[next + 1];
                default -> {
                    System.err.println(
                            "unknown option " + arguments[next] + ": --out folder, --name name, then JMH's own");
                    System.exit(2);
                }
            }
        }
        CommandLineOptions given = new CommandLineOptions(
                List.of(arguments).subList(next, arguments.length).toArray(new String[0]));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(given)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTimeProfiler.class);
        if (given.getIncludes().isEmpty()) {
            options.include(MatchBenchmark.class.getName());
        }
        Machine machine = Machine.here();
        List<Measured> rows = Measured.of(new Runner(options.build()).run());
        Path file = Files.createDirectories(folder).resolve(LocalDate.now(ZoneOffset.UTC) + "-" + name + ".json");
        Files.writeString(file, json(machine, rows));
        System.out.println();
        System.out.println(machine);
        System.out.println(new PeerTable(rows));
        System.out.println("written to " + file);
    }

    private static String json(Machine machine, List<Measured> rows) {
        JsonWriter json = new JsonWriter().object();
        json.field("date", LocalDate.now(ZoneOffset.UTC).toString());
        machine.writeTo(json);
        json.name("results").array();
        rows.forEach(row -> row.writeTo(json));
        return json.end().end() + "\n";
    }
}
