package io.orrery.server.simulation;

import io.orrery.sim.run.Burn;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.Scenario;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/** What it costs a burn to sketch abstract states: each seed with and without, one after the other; a main class. */
final class CoverageCost {
    private CoverageCost() {}

    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        Burn burn = Simulations.burn(Mix.MIXED, Mix.ofNothingSaid(), Strategy.SWARM.faults());
        double[] ratios = new double[seeds];
        long with = 0;
        long without = 0;
        for (int seed = -20; seed < seeds; seed++) {
            Scenario scenario = burn.scenario(1 + Math.abs(seed));
            long plain = seed % 2 == 0 ? run(scenario, false) : 0;
            long sketched = run(scenario, true);
            plain = plain == 0 ? run(scenario, false) : plain;
            if (seed >= 0) {
                with += sketched;
                without += plain;
                ratios[seed] = (double) sketched / plain;
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%d seeds: %.1f %% more processor time in all; median of the seeds %.1f %%, quartiles %.1f and %.1f%n",
                seeds,
                100.0 * with / without - 100,
                100 * ratios[seeds / 2] - 100,
                100 * ratios[seeds / 4] - 100,
                100 * ratios[3 * seeds / 4] - 100);
    }

    private static long run(Scenario scenario, boolean isSketched) {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        if (isSketched) {
            Runner.runSketched(scenario, Simulations.workloads().make(scenario.workload()), sim -> {});
        } else {
            Runner.run(scenario, Simulations.workloads().make(scenario.workload()));
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    }
}
