package io.orrery.broker.forward;

import io.orrery.kernel.Check;
import io.orrery.kernel.Time;

/**
 * The limits of one link.
 *
 * @param windowMax messages sent and not yet acknowledged; default 1024. Throughput is at most this per round trip
 * @param queuedMax messages that wait, those in the window included; default 16,384. Beyond it QoS 0 is dropped and QoS 1
 *     refused
 * @param queuedBytesMax bytes of payload among them; default 32 MiB
 * @param resendNanos without an acknowledgement the window is sent again; default 200 ms, doubled at each repetition. Below
 *     a round trip, everything is sent twice
 * @param resendNanosMax the longest such time; default 2 s. It bounds how late a message is after a partition heals
 * @param retryNanos until a send that the transport refused is tried again; default 5 ms
 */
public record ForwardConfig(
        int windowMax, int queuedMax, int queuedBytesMax, long resendNanos, long resendNanosMax, long retryNanos) {
    public static final ForwardConfig DEFAULT =
            new ForwardConfig(1_024, 16_384, 32 * 1024 * 1024, Time.millis(200), Time.seconds(2), Time.millis(5));

    public ForwardConfig {
        Check.argument(windowMax > 0, "windowMax is positive");
        Check.argument(queuedMax >= windowMax, "queuedMax is at least windowMax");
        Check.argument(queuedBytesMax > 0, "queuedBytesMax is positive");
        Check.argument(resendNanos > 0 && resendNanosMax >= resendNanos, "resendNanos is positive, and the least");
        Check.argument(retryNanos > 0, "retryNanos is positive");
    }
}
