package io.orrery.server.bench.raft;

import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one window of time gave, and its form as one line between processes.
 *
 * @param inFlight proposals that the client kept open
 * @param nanos how long the window was, with the wait for the last outcomes
 * @param latencyNanos from proposal to outcome; its count is that of the commits
 * @param syncs of the leader's disk; negative if unknown
 * @param expense of the whole process meanwhile
 */
record Sample(int inFlight, long nanos, Histogram latencyNanos, long syncs, Expense expense) {
    private static final String SIGN = "sample";
    private static final int FIELDS = 7;

    double perSecond() {
        return latencyNanos.getTotalCount() * 1e9 / nanos;
    }

    double perCommit(long total) {
        return (double) total / Math.max(1, latencyNanos.getTotalCount());
    }

    String line() {
        ByteBuffer bytes = ByteBuffer.allocate(latencyNanos.getNeededByteBufferCapacity());
        int length = latencyNanos.encodeIntoCompressedByteBuffer(bytes);
        byte[] encoded = new byte[length];
        bytes.flip().get(encoded);
        String histogram = Base64.getEncoder().encodeToString(encoded);
        return String.join(
                " ",
                SIGN,
                Integer.toString(inFlight),
                Long.toString(nanos),
                Long.toString(syncs),
                Long.toString(expense.allocatedBytes()),
                Long.toString(expense.cpuNanos()),
                histogram);
    }

    static boolean isSample(String line) {
        return line.startsWith(SIGN + " ");
    }

    static Sample parse(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "a measured process speaks of " + fields.length + " numbers where " + FIELDS + " are due",
                    "its libraries are of another build than this command",
                    "./orrery bench raft   builds both");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(fields[6]));
        try {
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(bytes, 0);
            return new Sample(
                    Integer.parseInt(fields[1]),
                    Long.parseLong(fields[2]),
                    histogram,
                    Long.parseLong(fields[3]),
                    new Expense(Long.parseLong(fields[4]), Long.parseLong(fields[5])));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a sample: " + line, e);
        }
    }
}
