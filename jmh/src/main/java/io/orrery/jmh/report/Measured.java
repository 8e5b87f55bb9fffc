package io.orrery.jmh.report;

import io.orrery.server.json.JsonWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * One benchmark with one set of parameters: the median of its iterations over all forks, and their spread.
 *
 * @param name class and method
 * @param params of the benchmark, by name
 * @param bytesPerOp allocated; negative where it was not measured
 * @param cpuNanosPerOp median of {@link CpuTimeProfiler}'s; negative where it was not measured
 */
record Measured(
        String name,
        TreeMap<String, String> params,
        String unit,
        double median,
        double min,
        double max,
        long iterations,
        double bytesPerOp,
        double cpuNanosPerOp,
        List<String> jvmFlags) {
    static List<Measured> of(Collection<RunResult> results) {
        return results.stream().map(Measured::of).toList();
    }

    private static Measured of(RunResult result) {
        BenchmarkParams benchmark = result.getParams();
        TreeMap<String, String> params = new TreeMap<>();
        benchmark.getParamsKeys().forEach(key -> params.put(key, benchmark.getParam(key)));
        Result<?> primary = result.getPrimaryResult();
        Statistics scores = primary.getStatistics();
        Result<?> allocated = secondary(result, "gc.alloc.rate.norm");
        Result<?> cpu = secondary(result, CpuTimeProfiler.LABEL);
        String full = benchmark.getBenchmark();
        String name = full.substring(full.lastIndexOf('.', full.lastIndexOf('.') - 1) + 1);
        return new Measured(
                name,
                params,
                primary.getScoreUnit(),
                scores.getPercentile(50),
                scores.getMin(),
                scores.getMax(),
                scores.getN(),
                allocated == null ? -1 : allocated.getScore(),
                cpu == null ? -1 : cpu.getStatistics().getPercentile(50),
                List.copyOf(benchmark.getJvmArgs()));
    }

    private static Result<?> secondary(RunResult result, String label) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(label))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    String method() {
        return name.substring(name.indexOf('.') + 1);
    }

    String paramText() {
        return params.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    void writeTo(JsonWriter json) {
        json.object().field("benchmark", name);
        json.name("params").object();
        params.forEach(json::field);
        json.end();
        json.field("unit", unit);
        json.name("median").tree(tenths(median));
        json.name("min").tree(tenths(min));
        json.name("max").tree(tenths(max));
        json.field("iterations", iterations);
        if (bytesPerOp >= 0) {
            json.name("bytes_per_op").tree(tenths(bytesPerOp));
        }
        if (cpuNanosPerOp >= 0) {
            json.name("cpu_nanos_per_op").tree(tenths(cpuNanosPerOp));
        }
        json.field("jvm_flags", jvmFlags).end();
    }

    static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
