package io.orrery.sim.report;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.sim.network.Loss;
import io.orrery.sim.report.Recording.MessageRow;

/** A message whose end may not be known yet. */
final class Sent {
    private final long id;
    private final long event;
    private final long nanos;
    private final int from;
    private final int to;
    private final Channel channel;
    private final int bytes;
    private final String body;
    private Loss loss;
    private long lossNanos;
    private boolean isDelivered;

    Sent(long id, long event, long nanos, int from, int to, Channel channel, int bytes, String body) {
        this.id = id;
        this.event = event;
        this.nanos = nanos;
        this.from = from;
        this.to = to;
        this.channel = channel;
        this.bytes = bytes;
        this.body = body;
    }

    long id() {
        return id;
    }

    void onDelivery() {
        isDelivered = true;
    }

    void onLoss(Loss why, long nanos) {
        if (loss == null) {
            loss = why;
            lossNanos = nanos;
        }
    }

    /** Whether nothing more is expected of it, duplicates aside. */
    boolean isSettled() {
        return isDelivered || loss != null;
    }

    MessageRow row() {
        return new MessageRow(
                id,
                event,
                nanos,
                from,
                to,
                channel.protocol(),
                channel.group(),
                channel.delivery() == Delivery.STREAM,
                bytes,
                body,
                loss == null ? "" : word(loss),
                lossNanos);
    }

    private static String word(Loss loss) {
        return switch (loss) {
            case LOST -> "lost";
            case CORRUPT -> "corrupt";
            case SEAL -> "seal";
            case CUT -> "cut";
            case DOWN -> "down";
            case BROKEN -> "broken";
            case REFUSED -> "refused";
            case OVERFLOWN -> "overflown";
        };
    }
}
