package io.orrery.sim;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Codec;
import java.util.ArrayList;
import java.util.List;

/** Sends numbers when told to and remembers what came, from whom and when. */
public final class Letters implements Protocol {
    /** A number received, with the receiver's own time. */
    public record Letter(NodeId from, long number, long atNanos) {}

    public static final Codec<Long> NUMBERS = PingPong.NUMBERS;

    private final Kernel kernel;
    private final Port<Long> datagrams;
    private final Port<Long> streams;
    private final List<Letter> received = new ArrayList<>();

    public Letters(Kernel kernel) {
        this.kernel = kernel;
        this.datagrams = kernel.open(new Channel(1000, 1, Delivery.DATAGRAM), NUMBERS, this::onLetter);
        this.streams = kernel.open(new Channel(1000, 2, Delivery.STREAM), NUMBERS, this::onLetter);
    }

    @Override
    public void start() {}

    private void onLetter(NodeId from, Long number) {
        received.add(new Letter(from, number, kernel.nowNanos()));
    }

    public boolean send(Delivery delivery, NodeId to, long number) {
        return (delivery == Delivery.DATAGRAM ? datagrams : streams).send(to, number);
    }

    public List<Letter> received() {
        return received;
    }

    public List<Long> numbers() {
        return received.stream().map(Letter::number).toList();
    }
}
