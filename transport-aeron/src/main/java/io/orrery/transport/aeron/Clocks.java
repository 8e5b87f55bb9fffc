package io.orrery.transport.aeron;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** The clocks of a transport and its driver; tests let them jump. */
record Clocks(NanoClock nano, EpochClock epoch) {
    static final Clocks SYSTEM = new Clocks(SystemNanoClock.INSTANCE, SystemEpochClock.INSTANCE);
}
