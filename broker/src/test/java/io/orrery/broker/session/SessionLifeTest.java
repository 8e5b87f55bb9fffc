package io.orrery.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.check.RecordingClient;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How sessions begin and end, and what becomes of their wills. */
class SessionLifeTest {
    private static final Will WILL = new Will(Message.of("will/c", Bytes.ofUtf8("gone"), 1));

    private static void run(Consumer<LoneBroker> step) {
        Simulation sim = new Simulation(1);
        NodeId node = sim.addNode("n1", kernel -> new LoneBroker(kernel, SessionLimits.DEFAULT));
        sim.onNode(node, () -> step.accept(sim.protocol(node, LoneBroker.class)));
    }

    /** Runs with a client "c" that has a will, and one that watches for it. */
    private static void runWithWill(BiConsumer<LoneBroker, RecordingClient> end, String... willTexts) {
        run(broker -> {
            RecordingClient watcher = broker.connect("watcher");
            watcher.session().subscribe(SubscribeRequest.of("will/#", 0));
            RecordingClient client = broker.connect(ConnectRequest.of("c").withWill(WILL));
            end.accept(broker, client);
            assertThat(watcher.texts()).containsExactly(willTexts);
        });
    }

    @Test
    void lostConnectionPublishesTheWill() { // 3.1.2-8
        runWithWill((broker, client) -> client.session().onLinkLost(), "gone");
    }

    @Test
    void disconnectDiscardsTheWill() { // 3.1.2-10
        runWithWill((broker, client) -> client.session().onDisconnect(ReasonCode.SUCCESS));
    }

    @Test
    void disconnectWithWillPublishesIt() { // 5.0: 3.14.2.1, reason 0x04
        runWithWill((broker, client) -> client.session().onDisconnect(ReasonCode.DISCONNECT_WITH_WILL), "gone");
    }

    @Test
    void takeoverClosesTheEarlierSessionAndPublishesItsWill() { // 3.1.4-3, 3.1.2-8
        runWithWill(
                (broker, client) -> {
                    client.session().subscribe(SubscribeRequest.of("a", 0));
                    RecordingClient second = broker.connect("c");
                    assertThat(client.closed()).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
                    assertThat(client.session().isOpen()).isFalse();
                    assertThat(second.session().subscriptions()).isEmpty();
                    assertThat(broker.registry.find("c")).isSameAs(second.session());
                    assertThat(broker.filters).containsExactly("+will/#", "+a", "-a");
                },
                "gone");
    }

    @Test
    void willIsPublishedOnceHoweverOftenTheSessionEnds() {
        runWithWill(
                (broker, client) -> {
                    client.session().onLinkLost();
                    client.session().onLinkLost();
                    client.session().end(ReasonCode.SERVER_SHUTTING_DOWN, true);
                    client.session().onDisconnect(ReasonCode.DISCONNECT_WITH_WILL);
                    assertThat(client.closed()).isNull();
                },
                "gone");
    }

    @Test
    void closedSessionIgnoresWhatComesLate() {
        run(broker -> {
            RecordingClient client = broker.connect("c");
            client.session().onLinkLost();
            client.session().publish(Message.of("a", Bytes.EMPTY, 1), 1);
            client.session().onPubAck(1);
            client.session().onWritable();
            assertThat(client.session().subscribe(SubscribeRequest.of("a", 0))).isEqualTo(ReasonCode.UNSPECIFIED_ERROR);
            assertThat(client.acknowledged()).isEmpty();
            assertThat(broker.table.isClean()).isTrue();
        });
    }

    @Test
    void emptyClientIdIsAssignedOrRefused() { // 5.0: 3.1.3-6, 3.1.1: 3.1.3-8
        run(broker -> {
            RecordingClient client = broker.connect("");
            assertThat(client.session().clientId()).startsWith("auto-");
            ConnectRequest old = new ConnectRequest("", 4, false, 60, 65_535, null, "", null);
            assertThat(broker.registry.connect(old, client, 2).reason())
                    .isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        });
    }

    @Test
    void moreClientsThanTheLimitAreRefusedButNotTakeovers() {
        run(broker -> {
            for (int i = 0; i < 10; i++) {
                broker.connect("c" + i);
            }
            RecordingClient late = new RecordingClient(broker.kernel);
            assertThat(broker.registry
                            .connect(ConnectRequest.of("late"), late, 99)
                            .reason())
                    .isEqualTo(ReasonCode.SERVER_BUSY);
            assertThat(broker.registry
                            .connect(ConnectRequest.of("c3"), late, 99)
                            .isAccepted())
                    .isTrue();
        });
    }
}
