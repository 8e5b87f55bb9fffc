package io.orrery.transport.aeron;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** How the driver's own threads wait for work; without meaning for {@link Threading#INVOKER}. */
public enum DriverIdle {
    /** Spins, yields, then parks for up to 1 ms: cheap, and up to a thousand times the latency at low rates. */
    BACKOFF {
        @Override
        IdleStrategy strategy() {
            return new BackoffIdleStrategy();
        }
    },
    /** Takes a core while nobody else wants it. */
    YIELD {
        @Override
        IdleStrategy strategy() {
            return YieldingIdleStrategy.INSTANCE;
        }
    },
    /** Takes a core for good. */
    SPIN {
        @Override
        IdleStrategy strategy() {
            return BusySpinIdleStrategy.INSTANCE;
        }
    },
    /** Sleeps 1 ms at a time: the least processor time. */
    SLEEP {
        @Override
        IdleStrategy strategy() {
            return new SleepingMillisIdleStrategy(1);
        }
    };

    abstract IdleStrategy strategy();
}
