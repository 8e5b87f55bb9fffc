package io.orrery.sim.report;

import io.orrery.sim.report.Recording.EventRow;
import java.util.ArrayList;
import java.util.List;

/** An event that was recorded, with all that happened in it and after it, up to the next one. */
final class Slot {
    private final EventRow event;
    private final Sent delivered;
    private final List<Record> rows = new ArrayList<>(2);
    private final List<Sent> sent = new ArrayList<>(2);

    /**
     * @param delivered the message that the event delivers; null if none, or if it was sent long ago
     */
    Slot(EventRow event, Sent delivered) {
        this.event = event;
        this.delivered = delivered;
    }

    EventRow event() {
        return event;
    }

    Sent delivered() {
        return delivered;
    }

    List<Record> rows() {
        return rows;
    }

    List<Sent> sent() {
        return sent;
    }
}
