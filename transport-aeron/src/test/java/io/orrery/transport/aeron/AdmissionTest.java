package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final int SESSION = 11;
    private static final int STREAM_ID = 101;

    private final Cookie cookie = new Cookie(Bench.COOKIE);
    private final Admission admission = new Admission(Bench.config("b").sessionsMax(2), cookie, 99, null);

    @Test
    void laterGenerationSupersedesTheEarlierOfItsClassAlone() {
        Admission.Sender sender = admit(hello("a", 1, 1), Delivery.STREAM);
        admit(hello("a", 1, 2), Delivery.DATAGRAM);
        assertThat(sender.isCurrent(1, 1, Delivery.STREAM)).isTrue();
        admit(hello("a", 1, 3), Delivery.STREAM);
        assertThat(sender.isCurrent(1, 1, Delivery.STREAM)).isFalse();
        assertThat(sender.isCurrent(1, 3, Delivery.STREAM)).isTrue();
        assertThat(sender.isCurrent(1, 2, Delivery.DATAGRAM)).isTrue();
        assertThat(fault(hello("a", 1, 2), Delivery.STREAM)).isEqualTo(Refusal.SUPERSEDED);
    }

    @Test
    void newBootSupersedesAllSessionsOfTheFormer() {
        Admission.Sender sender = admit(hello("a", 1, 5), Delivery.STREAM);
        admit(hello("a", 1, 6), Delivery.DATAGRAM);
        admit(hello("a", 2, 1), Delivery.STREAM);
        assertThat(sender.isCurrent(1, 5, Delivery.STREAM)).isFalse();
        assertThat(sender.isCurrent(1, 6, Delivery.DATAGRAM)).isFalse();
        assertThat(fault(hello("a", 1, 9), Delivery.STREAM)).isEqualTo(Refusal.SUPERSEDED);
        assertThat(fault(hello("a", 2, 2), Delivery.DATAGRAM)).isNull();
    }

    @Test
    void proofHoldsForItsOwnSessionAndStreamAlone() {
        Hello hello = hello("a", 1, 1);
        assertThat(admission.fault(hello, Delivery.STREAM, SESSION, STREAM_ID)).isNull();
        assertThat(admission.fault(hello, Delivery.STREAM, SESSION + 1, STREAM_ID))
                .isEqualTo(Refusal.WRONG_COOKIE);
        assertThat(admission.fault(hello, Delivery.STREAM, SESSION, STREAM_ID + 1))
                .isEqualTo(Refusal.WRONG_COOKIE);
        Hello renamed = new Hello("test", NodeId.of("c"), hello.to(), "", 1, 1, hello.proof());
        assertThat(fault(renamed, Delivery.STREAM)).isEqualTo(Refusal.WRONG_COOKIE);
    }

    @Test
    void onlySoManySendersAreRemembered() {
        admit(hello("a", 1, 1), Delivery.STREAM);
        admit(hello("a", 2, 1), Delivery.STREAM);
        admit(hello("c", 1, 1), Delivery.STREAM);
        assertThat(fault(hello("a", 1, 2), Delivery.STREAM)).isEqualTo(Refusal.SUPERSEDED);
        admit(hello("d", 1, 1), Delivery.STREAM);
        admit(hello("e", 1, 1), Delivery.STREAM);
        assertThat(fault(hello("a", 1, 2), Delivery.STREAM)).isNull();
    }

    private Admission.Sender admit(Hello hello, Delivery delivery) {
        assertThat(fault(hello, delivery)).isNull();
        return admission.accept(hello, delivery);
    }

    private Refusal fault(Hello hello, Delivery delivery) {
        return admission.fault(hello, delivery, SESSION, STREAM_ID);
    }

    private Hello hello(String from, long boot, long generation) {
        Hello bare = new Hello("test", NodeId.of(from), Optional.of(NodeId.of("b")), "", boot, generation, Bytes.EMPTY);
        return cookie.prove(bare, SESSION, STREAM_ID);
    }
}
