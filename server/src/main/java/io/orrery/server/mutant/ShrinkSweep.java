package io.orrery.server.mutant;

import io.orrery.server.json.Json;
import io.orrery.server.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shrinks the first failing seed of each of many mutants, one after another, each in a JVM of its own.
 *
 * @param seeds among which a failing one is looked for
 * @param shrinkSeconds that shrinking may take
 */
public record ShrinkSweep(long seeds, int threads, long shrinkSeconds) {
    private static final long SEARCH_SECONDS_MAX = 3_600;
    private static final int REASON_CHARS_MAX = 200;

    /**
     * @throws MutantException if the mutant does not fit the sources
     */
    public ShrunkMutant shrink(MutantCompiler compiler, Mutant mutant) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("orrery-mutant");
            Path overlay = Files.createDirectories(folder.resolve("classes"));
            compiler.compile(mutant, overlay);
            return run(mutant, overlay, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot shrink with " + mutant.id() + " planted", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a mutant was shrunk", e);
        } finally {
            MutantSweep.delete(folder);
        }
    }

    private ShrunkMutant run(Mutant mutant, Path overlay, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err.txt");
        Process process = PlantedJvm.of(overlay, arguments(mutant))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(SEARCH_SECONDS_MAX, TimeUnit.SECONDS)) {
                return ShrunkMutant.trouble(mutant, "no end after " + SEARCH_SECONDS_MAX + " s");
            }
            return ShrunkMutant.of(mutant, Json.parse(Files.readString(out).strip()));
        } catch (JsonException e) {
            String said = Files.readString(err)
                    .strip()
                    .lines()
                    .reduce("", (first, line) -> first.isEmpty() ? line.replaceFirst("^error: ", "") : first);
            return ShrunkMutant.trouble(mutant, said.substring(0, Math.min(REASON_CHARS_MAX, said.length())));
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> arguments(Mutant mutant) {
        List<String> arguments = new ArrayList<>(List.of("sim", "shrink", "-o", "json"));
        arguments.addAll(List.of("--seeds", Long.toString(seeds), "--threads", Integer.toString(threads)));
        arguments.addAll(List.of("--seconds", Long.toString(shrinkSeconds)));
        if (!mutant.workload().isEmpty()) {
            arguments.addAll(List.of("--workload", mutant.workload()));
        }
        return arguments;
    }
}
