package io.orrery.sim;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;

/** Timers to be set by a test; remembers which rang, and when by the node's own clock. */
final class Alarms implements Protocol {
    /** An alarm that rang. */
    record Ring(String name, long atNanos) {}

    final Kernel kernel;
    final List<Ring> rings = new ArrayList<>();

    Alarms(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public void start() {}

    Timer timer(String name) {
        return kernel.timer(name, () -> rings.add(new Ring(name, kernel.nowNanos())));
    }

    List<String> names() {
        return rings.stream().map(Ring::name).toList();
    }
}
