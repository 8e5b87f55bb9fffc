package io.orrery.server.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/**
 * Commits a second of one group and of many, in turns, so that what else the machine does hits all alike: the ratio of rounds that
 * follow one another is a figure even on a busy machine. So is the processor time of a commit, of the whole process.
 */
final class GroupsRounds {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int ATTEMPTS_MAX = 5;

    /** Commits of each kind before those that count, for the compiler; a busy machine takes some rounds for them. */
    private static final double WARM_COMMITS = 400_000;

    private static final int WARM_ROUNDS_MAX = 4;

    private final GroupsCluster single;
    private final GroupsCluster many;
    private final Load load;

    /** All proposals in one group. */
    final Series one;

    /** In all groups, each with clients of its own. */
    final Series all;

    /** In all groups, one proposal in each, again and again. */
    final Series inTurn;

    /** Begins with rounds that do not count. */
    GroupsRounds(GroupsCluster single, GroupsCluster many, int rounds, Load load, Consumer<String> progress) {
        this.single = single;
        this.many = many;
        this.load = load;
        one = new Series(rounds);
        all = new Series(rounds);
        inTurn = new Series(rounds);
        warmUp(single, GroupsLoad.Order.OWN_CLIENTS);
        warmUp(many, GroupsLoad.Order.OWN_CLIENTS);
        warmUp(many, GroupsLoad.Order.IN_TURN);
        for (int i = 0; i < rounds; i++) {
            round(i);
            progress.accept("round " + (i + 1) + ": " + Math.round(one.perSecond[i]) + ", "
                    + Math.round(all.perSecond[i]) + " and " + Math.round(inTurn.perSecond[i]) + " commits/s, "
                    + Math.round(100 * all.perSecond[i] / one.perSecond[i]) + " and "
                    + Math.round(100 * inTurn.perSecond[i] / one.perSecond[i]) + " %");
        }
    }

    private void warmUp(GroupsCluster cluster, GroupsLoad.Order order) {
        double commits = 0;
        for (int i = 0; i < WARM_ROUNDS_MAX && commits < WARM_COMMITS; i++) {
            commits += load.run(cluster, order) * load.seconds();
        }
    }

    private void round(int number) {
        measure(one, number, single, GroupsLoad.Order.OWN_CLIENTS);
        measure(all, number, many, GroupsLoad.Order.OWN_CLIENTS);
        measure(inTurn, number, many, GroupsLoad.Order.IN_TURN);
    }

    /** A machine that does not let a leader run for an election timeout deposes it: such a round is repeated. */
    private void measure(Series series, int round, GroupsCluster cluster, GroupsLoad.Order order) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long before = SYSTEM.getProcessCpuTime();
            double perSecond = load.run(cluster, order);
            long spent = SYSTEM.getProcessCpuTime() - before;
            if (perSecond > 0) {
                series.perSecond[round] = perSecond;
                series.cpuMicros[round] = spent / 1e3 / (perSecond * load.seconds());
                return;
            }
        }
        throw new IllegalStateException(
                "in each of " + ATTEMPTS_MAX + " rounds a leader was lost: the machine is too busy");
    }

    /** What a round does. */
    interface Load {
        /** Commits a second; 0 if a leader was lost. */
        double run(GroupsCluster cluster, GroupsLoad.Order order);

        /** How long a round takes. */
        double seconds();
    }

    /** What the rounds of one kind gave. */
    final class Series {
        private final double[] perSecond;
        private final double[] cpuMicros;

        private Series(int rounds) {
            perSecond = new double[rounds];
            cpuMicros = new double[rounds];
        }

        /** Commits a second. */
        double median() {
            return Spread.of(perSecond).median();
        }

        /** Microseconds of all threads of the process for a commit. */
        double cpuMicrosMedian() {
            return Spread.of(cpuMicros).median();
        }

        /** To the rounds with one group. */
        Spread ratio() {
            double[] ratios = new double[perSecond.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = perSecond[i] / one.perSecond[i];
            }
            return Spread.of(ratios);
        }
    }
}
