package io.orrery.server.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Commits a second of one group and of many, in turns, so that what else the machine does hits both alike: the ratio of each pair
 * of rounds is a figure even on a busy machine. So is the processor time of a commit, of the whole process.
 */
final class GroupsRounds {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int ATTEMPTS_MAX = 5;

    private final double[] one;
    private final double[] all;
    private final double[] ratios;
    private double cpuOne;
    private double cpuAll;

    /** Begins with a round of each that does not count. */
    GroupsRounds(GroupsCluster single, GroupsCluster many, int rounds, Load load, Consumer<String> progress)
            throws InterruptedException {
        one = new double[rounds];
        all = new double[rounds];
        ratios = new double[rounds];
        double unused = run(single, load) + run(many, load);
        for (int i = 0; i < rounds; i++) {
            long before = SYSTEM.getProcessCpuTime();
            one[i] = run(single, load);
            long between = SYSTEM.getProcessCpuTime();
            all[i] = run(many, load);
            long after = SYSTEM.getProcessCpuTime();
            ratios[i] = all[i] / one[i];
            cpuOne += (between - before) / 1e3 / rounds / (one[i] * load.seconds());
            cpuAll += (after - between) / 1e3 / rounds / (all[i] * load.seconds());
            progress.accept("round " + (i + 1) + ": " + Math.round(one[i]) + " and " + Math.round(all[i])
                    + " commits/s, " + Math.round(100 * ratios[i]) + " %");
        }
    }

    /** A machine that does not let a leader run for an election timeout deposes it: such a round is repeated. */
    private static double run(GroupsCluster cluster, Load load) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            double perSecond = load.run(cluster);
            if (perSecond > 0) {
                return perSecond;
            }
        }
        throw new IllegalStateException(
                "in each of " + ATTEMPTS_MAX + " rounds a leader was lost: the machine is too busy");
    }

    /** What a round does. */
    interface Load {
        /** Commits a second; 0 if a leader was lost. */
        double run(GroupsCluster cluster) throws InterruptedException;

        /** How long a round takes. */
        double seconds();
    }

    double medianOne() {
        return Spread.of(one).median();
    }

    double medianAll() {
        return Spread.of(all).median();
    }

    /** Of the pairs' ratios. */
    Spread ratio() {
        return Spread.of(Arrays.copyOf(ratios, ratios.length));
    }

    /** Microseconds of all threads of the process for a commit of the one group. */
    double cpuMicrosOne() {
        return cpuOne;
    }

    double cpuMicrosAll() {
        return cpuAll;
    }
}
