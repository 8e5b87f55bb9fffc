package io.orrery.sim;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;

/** A timer that fires every 50 microseconds and puts another off each time. */
final class Ticking implements Protocol {
    private final Timer often;
    private final Timer never;

    Ticking(Kernel kernel) {
        often = kernel.timer("often", this::onOften);
        never = kernel.timer("never", () -> {});
    }

    @Override
    public void start() {
        onOften();
    }

    private void onOften() {
        never.restart(Time.millis(500));
        often.restart(Time.micros(50));
    }
}
