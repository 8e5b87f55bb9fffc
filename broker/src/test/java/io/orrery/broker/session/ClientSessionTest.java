package io.orrery.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.check.RecordingClient;
import io.orrery.broker.check.RecordingClient.Acknowledged;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClientSessionTest {
    private static final SessionLimits SMALL = new SessionLimits(2, 3, OverflowPolicy.DROP_NEWEST, 4, 4, 1 << 20);

    private final Simulation sim = new Simulation(1);
    private NodeId node;

    private LoneBroker broker(SessionLimits limits) {
        node = sim.addNode("n1", kernel -> new LoneBroker(kernel, limits));
        return sim.protocol(node, LoneBroker.class);
    }

    /** Each step is an event of the node; what it deferred has run before the next. */
    private void run(SessionLimits limits, List<Consumer<LoneBroker>> steps) {
        LoneBroker broker = broker(limits);
        for (Consumer<LoneBroker> step : steps) {
            sim.onNode(node, () -> step.accept(broker));
            sim.runFor(Time.millis(1));
        }
    }

    private void run(Consumer<LoneBroker> step) {
        run(SessionLimits.DEFAULT, List.of(step));
    }

    private static Message message(String topic, String text, int qos) {
        return Message.of(topic, Bytes.ofUtf8(text), qos);
    }

    private static ReasonCode subscribe(RecordingClient client, String filter, int qos) {
        return client.session().subscribe(SubscribeRequest.of(filter, qos));
    }

    @Test
    void deliveryHasTheLowerOfTheTwoQualities() {
        run(broker -> {
            RecordingClient client = broker.connect("c");
            assertThat(subscribe(client, "low", 0)).isEqualTo(ReasonCode.SUCCESS);
            assertThat(subscribe(client, "high", 1)).isEqualTo(ReasonCode.GRANTED_QOS_1);
            broker.publish("low", "a", 1);
            broker.publish("high", "b", 0);
            broker.publish("high", "c", 1);
            assertThat(client.received())
                    .extracting(RecordingClient.Received::qos)
                    .containsExactly(0, 0, 1);
            assertThat(client.received())
                    .extracting(RecordingClient.Received::packetId)
                    .containsExactly(0, 0, 1);
        });
    }

    @Test
    void qos2IsGrantedAsQos1() {
        run(broker -> assertThat(subscribe(broker.connect("c"), "a", 2)).isEqualTo(ReasonCode.GRANTED_QOS_1));
    }

    @Test
    void overlappingSubscriptionsDeliverOnceAtTheHighestQuality() { // 3.1.1: 3.3.5-1
        run(broker -> {
            RecordingClient client = broker.connect("c");
            client.session().subscribe(new SubscribeRequest("a/#", 0, false, false, 9));
            client.session().subscribe(new SubscribeRequest("a/+", 1, false, false, 4));
            client.session().subscribe(new SubscribeRequest("a/b", 0, false, false, 0));
            broker.publish("a/b", "x", 1);
            assertThat(client.received()).hasSize(1);
            assertThat(client.received().get(0).qos()).isEqualTo(1);
            assertThat(client.received().get(0).subscriptionIds()).containsExactly(4, 9);
        });
    }

    @Test
    void equalFilterReplacesTheSubscription() { // 3.8.4-3
        run(broker -> {
            RecordingClient client = broker.connect("c");
            subscribe(client, "a", 1);
            subscribe(client, "a", 0);
            broker.publish("a", "x", 1);
            assertThat(client.received())
                    .extracting(RecordingClient.Received::qos)
                    .containsExactly(0);
            assertThat(client.session().subscriptions()).hasSize(1);
            assertThat(broker.filters).containsExactly("+a");
        });
    }

    @Test
    void noLocalKeepsAClientFromItsOwnMessages() { // 5.0: 3.8.3-3
        run(broker -> {
            RecordingClient client = broker.connect("c");
            RecordingClient other = broker.connect("d");
            client.session().subscribe(new SubscribeRequest("a", 1, true, false, 0));
            other.session().subscribe(new SubscribeRequest("a", 1, true, false, 0));
            client.session().publish(message("a", "mine", 0), 0);
            assertThat(client.received()).isEmpty();
            assertThat(other.texts()).containsExactly("mine");
        });
    }

    @Test
    void retainFlagIsPassedOnOnlyAsPublished() { // 5.0: 3.3.1-12, -13
        run(broker -> {
            RecordingClient plain = broker.connect("c");
            RecordingClient asPublished = broker.connect("d");
            plain.session().subscribe(SubscribeRequest.of("a", 0));
            asPublished.session().subscribe(new SubscribeRequest("a", 0, false, true, 0));
            broker.publish(
                    null,
                    new Message(message("a", "", 0).topic(), Bytes.ofUtf8("x"), 0, true, MessageProperties.NONE),
                    null);
            assertThat(plain.received().get(0).retain()).isFalse();
            assertThat(asPublished.received().get(0).retain()).isTrue();
        });
    }

    @Test
    void filtersAreAnnouncedFromTheFirstSubscriberToTheLast() {
        run(broker -> {
            RecordingClient one = broker.connect("c");
            RecordingClient other = broker.connect("d");
            subscribe(one, "a", 0);
            subscribe(other, "a", 0);
            assertThat(one.session().unsubscribe("a")).isEqualTo(ReasonCode.SUCCESS);
            assertThat(one.session().unsubscribe("a")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
            assertThat(broker.filters).containsExactly("+a");
            other.session().onDisconnect(ReasonCode.SUCCESS);
            assertThat(broker.filters).containsExactly("+a", "-a");
            one.session().onLinkLost();
            assertThat(broker.table.isClean()).isTrue();
            assertThat(broker.registry.size()).isZero();
        });
    }

    @Test
    void badFiltersAreRefusedEachWithItsReason() {
        run(SMALL, List.of(broker -> {
            RecordingClient client = broker.connect("c");
            assertThat(subscribe(client, "a+", 0)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
            assertThat(subscribe(client, "$share/g/a", 0)).isEqualTo(ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);
            assertThat(client.session().unsubscribe("#/x")).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
            for (int i = 0; i < 4; i++) {
                assertThat(subscribe(client, "f" + i, 0).isError()).isFalse();
            }
            assertThat(subscribe(client, "f4", 0)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
            assertThat(subscribe(client, "f3", 1)).isEqualTo(ReasonCode.GRANTED_QOS_1);
        }));
    }

    @Test
    void windowHoldsBackQos1UntilTheClientAcknowledges() { // 5.0: 4.9
        LoneBroker broker = broker(SMALL);
        RecordingClient[] client = new RecordingClient[1];
        sim.onNode(node, () -> {
            client[0] = broker.connect("c");
            client[0].acknowledges(false);
            subscribe(client[0], "#", 1);
            for (int i = 0; i < 4; i++) {
                broker.publish("t", "m" + i, 1);
            }
            broker.publish("t", "quick", 0);
            assertThat(client[0].texts()).containsExactly("m0", "m1", "quick");
            assertThat(client[0].session().inFlight()).isEqualTo(2);
            client[0].session().onPubAck(1);
            assertThat(client[0].texts()).endsWith("m2");
            client[0].session().onPubAck(77);
            assertThat(broker.counters.strayAcks()).isEqualTo(1);
            client[0].session().onPubAck(2);
            assertThat(client[0].texts()).containsExactly("m0", "m1", "quick", "m2", "m3");
        });
    }

    @Test
    void receiveMaximumOfTheClientBoundsTheWindow() { // 5.0: 3.3.4-9
        run(broker -> {
            ConnectRequest request = new ConnectRequest("c", 5, true, 60, 1, null, "", null);
            RecordingClient client = broker.connect(request);
            client.acknowledges(false);
            subscribe(client, "a", 1);
            broker.publish("a", "x", 1);
            broker.publish("a", "y", 1);
            assertThat(client.texts()).containsExactly("x");
        });
    }

    @Test
    void fullQueueDropsTheNewestAndCountsIt() {
        run(SMALL, List.of(broker -> {
            RecordingClient client = broker.connect("c");
            subscribe(client, "#", 1);
            client.writable(false);
            for (int i = 0; i < 5; i++) {
                broker.publish("t", "m" + i, i % 2);
            }
            assertThat(client.session().queued()).isEqualTo(3);
            client.writable(true);
            assertThat(client.texts()).containsExactly("m0", "m1", "m2");
            assertThat(broker.counters.droppedQueueFull()).isEqualTo(2);
        }));
    }

    @Test
    void fullQueueDropsTheOldestWhereToldTo() {
        SessionLimits limits = new SessionLimits(2, 3, OverflowPolicy.DROP_OLDEST, 4, 4, 1 << 20);
        run(limits, List.of(broker -> {
            RecordingClient client = broker.connect("c");
            subscribe(client, "#", 0);
            client.writable(false);
            for (int i = 0; i < 5; i++) {
                broker.publish("t", "m" + i, 0);
            }
            client.writable(true);
            assertThat(client.texts()).containsExactly("m2", "m3", "m4");
        }));
    }

    @Test
    void fullQueueDisconnectsWhereToldTo() {
        SessionLimits limits = new SessionLimits(2, 1, OverflowPolicy.DISCONNECT, 4, 4, 1 << 20);
        LoneBroker broker = broker(limits);
        RecordingClient[] client = new RecordingClient[1];
        sim.onNode(node, () -> {
            client[0] = broker.connect("c");
            subscribe(client[0], "#", 0);
            client[0].writable(false);
            broker.publish("t", "a", 0);
            broker.publish("t", "b", 0);
            assertThat(client[0].closed()).isNull();
        });
        sim.runFor(Time.millis(1));
        assertThat(client[0].closed()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(broker.registry.size()).isZero();
    }

    @Test
    void messageThatExpiredInTheQueueIsNotSent() { // 5.0: 3.3.2-5, -6
        LoneBroker broker = broker(SMALL);
        RecordingClient[] client = new RecordingClient[1];
        sim.onNode(node, () -> {
            client[0] = broker.connect("c");
            subscribe(client[0], "#", 0);
            client[0].writable(false);
            for (long seconds : new long[] {1, 10, -1}) {
                Message plain = message("t", "lives" + seconds, 0);
                broker.publish(
                        null,
                        new Message(
                                plain.topic(),
                                plain.payload(),
                                0,
                                false,
                                plain.properties().withExpirySeconds(seconds)),
                        null);
            }
        });
        sim.runFor(Time.seconds(3));
        sim.onNode(node, () -> client[0].writable(true));
        assertThat(client[0].texts()).containsExactly("lives10", "lives-1");
        assertThat(client[0].received().get(0).message().properties().expirySeconds())
                .isEqualTo(7);
        assertThat(broker.counters.droppedExpired()).isEqualTo(1);
    }

    @Test
    void packetTheClientDoesNotTakeFreesItsPlaceInTheWindow() { // 5.0: 3.1.2-25
        run(SMALL, List.of(broker -> {
            RecordingClient client = broker.connect("c");
            subscribe(client, "#", 1);
            client.takes(false);
            for (int i = 0; i < 5; i++) {
                broker.publish("t", "big", 1);
            }
            client.takes(true);
            broker.publish("t", "small", 1);
            assertThat(client.texts()).containsExactly("small");
            assertThat(broker.counters.droppedByLink()).isEqualTo(5);
        }));
    }

    @Test
    void acknowledgementsKeepTheOrderOfThePublishes() { // 4.6.0-2
        run(broker -> {
            RecordingClient client = broker.connect("c");
            broker.peersAreSlow = true;
            client.session().publish(message("a", "1", 1), 11);
            client.session().publish(message("a", "2", 1), 12);
            broker.peersAreSlow = false;
            client.session().publish(message("a", "3", 1), 13);
            assertThat(client.acknowledged()).isEmpty();
            broker.waiting.get(1).partDone();
            assertThat(client.acknowledged()).isEmpty();
            broker.waiting.get(0).partDone();
            assertThat(client.acknowledged())
                    .containsExactly(
                            new Acknowledged(11, ReasonCode.SUCCESS),
                            new Acknowledged(12, ReasonCode.SUCCESS),
                            new Acknowledged(13, ReasonCode.NO_MATCHING_SUBSCRIBERS));
        });
    }

    @Test
    void overloadIsToldToNewClientsAndEndsOldOnes() {
        run(broker -> {
            broker.overloaded = true;
            RecordingClient five = broker.connect("five");
            five.session().publish(message("a", "x", 1), 1);
            assertThat(five.acknowledged()).containsExactly(new Acknowledged(1, ReasonCode.QUOTA_EXCEEDED));
            RecordingClient four = broker.connect(new ConnectRequest("four", 4, true, 60, 65_535, null, "", null));
            four.session().publish(message("a", "x", 1), 1);
            assertThat(four.acknowledged()).isEmpty();
            assertThat(four.closed()).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        });
    }

    @Test
    void publisherBeyondTheReceiveMaximumIsDisconnected() { // 5.0: 3.3.4-7
        run(SMALL, List.of(broker -> {
            broker.peersAreSlow = true;
            RecordingClient client = broker.connect("c");
            for (int i = 1; i <= 4; i++) {
                client.session().publish(message("a", "x", 1), i);
            }
            assertThat(client.isPaused()).isTrue();
            assertThat(client.closed()).isNull();
            client.session().publish(message("a", "x", 1), 5);
            assertThat(client.closed()).isEqualTo(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
        }));
    }

    @Test
    void publisherIsReadAgainWhenHalfIsAcknowledged() {
        run(SMALL, List.of(broker -> {
            broker.peersAreSlow = true;
            RecordingClient client = broker.connect(new ConnectRequest("c", 4, true, 60, 65_535, null, "", null));
            for (int i = 1; i <= 5; i++) {
                client.session().publish(message("a", "x", 1), i);
            }
            for (int i = 0; i < 2; i++) {
                broker.waiting.get(i).partDone();
                assertThat(client.isPaused()).isTrue();
            }
            broker.waiting.get(2).partDone();
            assertThat(client.isPaused()).isFalse();
        }));
    }

    @Test
    void packetIdZeroIsAProtocolError() { // 2.2.1-3, 3.1.1: 2.3.1-1
        run(broker -> {
            RecordingClient client = broker.connect("c");
            client.session().publish(message("a", "x", 1), 0);
            assertThat(client.closed()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        });
    }

    @Test
    void messageBeyondTheLimitEndsTheSession() { // 5.0: 3.2.2-15
        SessionLimits limits = new SessionLimits(2, 3, OverflowPolicy.DROP_NEWEST, 4, 4, 100);
        run(limits, List.of(broker -> {
            RecordingClient client = broker.connect("c");
            client.session().publish(message("\u20ac", "x".repeat(97), 0), 0);
            assertThat(client.closed()).isNull();
            client.session().publish(message("\u20ac", "x".repeat(98), 0), 0);
            assertThat(client.closed()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
        }));
    }
}
