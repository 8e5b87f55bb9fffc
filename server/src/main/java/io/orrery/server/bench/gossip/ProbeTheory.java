package io.orrery.server.bench.gossip;

/**
 * What theory says of SWIM's failure detector (Das, Gupta, Motivala, DSN 2002, section 3.1 and 4.3). Pure.
 *
 * <p>A member crashes at a random time. Cut the time from then on into protocol periods: in each of them every other member
 * probes exactly once, whatever its phase. The crash is detected in the first period in which one of the {@code N - 1}
 * probers chooses it; its suspicion follows a period later, when the probe has failed.
 *
 * <ul>
 *   <li>Random targets: a period passes without a choice with probability {@code (1 - 1/(N-1))^(N-1)}, whatever happened
 *       before. So the period of detection is geometric, with the mean of the paper, e/(e-1) for large N.
 *   <li>Round robin, shuffled each round, which is what runs here: a prober that has {@code j} probes of its round left, with
 *       {@code j} uniform from 1 to N-1, does not choose the crashed one in {@code k} probes with probability
 *       {@code (1 - min(k,j)/(N-1)) * (1 - (k-j)/(N-1))}, the second factor where the round ends before. The probers' rounds
 *       are not in step, so the product over all of them is the chance that {@code k} periods pass. This is the oracle.
 * </ul>
 *
 * <p>The two agree in the first period and differ by 1/N afterwards: 1.485 against 1.530 at N = 10, nothing from 100 on.
 */
final class ProbeTheory {
    private ProbeTheory() {}

    /** Mean period of detection, from 1, if targets are drawn at random each time. */
    static double randomMean(int members) {
        double others = members - 1;
        return 1 / (1 - Math.pow(1 - 1 / others, others));
    }

    /** The chance that a round-robin detector takes more than {@code periods}. */
    static double roundRobinExceeds(int periods, int members) {
        int others = members - 1;
        double sum = 0;
        for (int left = 1; left <= others; left++) {
            sum += misses(periods, left, others);
        }
        return Math.pow(sum / others, others);
    }

    /** The chance that one prober with {@code left} probes of its round to go misses one peer in {@code probes}. */
    private static double misses(int probes, int left, int others) {
        int first = Math.min(probes, left);
        int second = Math.min(probes - first, others);
        return (1 - (double) first / others) * (1 - (double) second / others);
    }

    /** Mean period of detection of a round-robin detector. */
    static double roundRobinMean(int members) {
        double mean = 0;
        for (int periods = 0; periods < 2 * members; periods++) {
            double exceeds = roundRobinExceeds(periods, members);
            mean += exceeds;
            if (exceeds < 1e-12) {
                break;
            }
        }
        return mean;
    }

    /** The first period by which a round-robin detector has found {@code percent} of crashes. */
    static int roundRobinPercentile(double percent, int members) {
        int periods = 1;
        while (roundRobinExceeds(periods, members) > 1 - percent / 100) {
            periods++;
        }
        return periods;
    }

    /**
     * The chance that a probe of a healthy member fails: neither ping nor ack may be lost, or else none of {@code relays}
     * times four messages.
     *
     * @param loss of a message, 0 to 1, independent
     */
    static double falseSuspicion(double loss, int relays) {
        double kept = 1 - loss;
        return (1 - kept * kept) * Math.pow(1 - kept * kept * kept * kept, relays);
    }
}
