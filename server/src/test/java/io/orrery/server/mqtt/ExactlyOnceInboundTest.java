package io.orrery.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.mqtt.ExactlyOnceInbound.Arrival;
import org.junit.jupiter.api.Test;

class ExactlyOnceInboundTest {
    private final ExactlyOnceInbound inbound = new ExactlyOnceInbound();

    @Test
    void repeatedPublishIsHandedOnOnceUntilItsRelease() {
        assertThat(inbound.onPublish(7)).isEqualTo(Arrival.NEW);
        assertThat(inbound.onPublish(7)).isEqualTo(Arrival.PENDING);
        assertThat(inbound.onTaken(7)).isTrue();
        assertThat(inbound.onPublish(7)).isEqualTo(Arrival.ANSWERED);
        inbound.onPubRel(7);
        assertThat(inbound.onPublish(7)).isEqualTo(Arrival.NEW);
    }

    @Test
    void qosOnePublishesOfTheSameClientAreNotConfusedWithIt() {
        inbound.onPublish(1);
        assertThat(inbound.onTaken(2)).isFalse();
        assertThat(inbound.onTaken(1)).isTrue();
        assertThat(inbound.onTaken(1)).isFalse();
    }

    @Test
    void releaseBeforeTheAnswerDoesNotFreeTheId() {
        inbound.onPublish(3);
        inbound.onPubRel(3);
        assertThat(inbound.onPublish(3)).isEqualTo(Arrival.PENDING);
        assertThat(inbound.size()).isEqualTo(1);
    }
}
