package io.orrery.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.orrery.kernel.Time;
import java.nio.file.Path;

/** How this module's media drivers are set up. */
final class Drivers {
    /** How often a driver looks at its timeouts: a tenth of Aeron's default, so that breaks are noticed sooner. */
    private static final long TIMER_NANOS = Time.millis(100);

    private Drivers() {}

    static MediaDriver.Context context(
            Path directory,
            Threading threading,
            DriverIdle idle,
            Clocks clocks,
            long connectionTimeoutNanos,
            long livenessNanos) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.toString())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .nanoClock(clocks.nano())
                .epochClock(clocks.epoch())
                .threadingMode(mode(threading))
                .sharedIdleStrategy(idle.strategy())
                .conductorIdleStrategy(idle.strategy())
                .senderIdleStrategy(idle.strategy())
                .receiverIdleStrategy(idle.strategy())
                .counterValuesBufferLength(AeronConfig.COUNTER_BYTES)
                .timerIntervalNs(TIMER_NANOS)
                .publicationConnectionTimeoutNs(connectionTimeoutNanos)
                .imageLivenessTimeoutNs(livenessNanos)
                .clientLivenessTimeoutNs(livenessNanos)
                // Aeron wants it longer than the client's liveness; exclusive publications never need unblocking.
                .publicationUnblockTimeoutNs(livenessNanos + livenessNanos / 2);
    }

    private static ThreadingMode mode(Threading threading) {
        return switch (threading) {
            case INVOKER -> ThreadingMode.INVOKER;
            case SHARED -> ThreadingMode.SHARED;
            case DEDICATED -> ThreadingMode.DEDICATED;
        };
    }
}
