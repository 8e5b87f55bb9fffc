package io.orrery.broker.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.forward.ForwardMessage.LinkId;
import io.orrery.broker.forward.ForwardMessage.Publish;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an inbox takes and what it does not, message by message. */
class ForwardInboxTest {
    private static final NodeId PEER = NodeId.of("peer");
    private static final long OWN = 7;

    private final ForwardCounters counters = new ForwardCounters();
    private final List<String> taken = new ArrayList<>();
    private final List<ForwardMessage> answers = new ArrayList<>();

    /** Hands the messages over in one event, as they would come together. */
    private void receive(Publish... publishes) {
        Simulation sim = new Simulation(1);
        sim.addNode("peer", kernel -> new Idle(kernel, (from, message) -> answers.add(message)));
        NodeId self = sim.addNode("self", kernel -> new Idle(kernel, (from, message) -> {}));
        sim.onNode(self, () -> {
            Idle idle = sim.protocol(self, Idle.class);
            ForwardInbox inbox = new ForwardInbox(
                    idle.kernel,
                    counters,
                    10,
                    () -> OWN,
                    message -> taken.add(message.payload().utf8()));
            inbox.port(idle.port);
            for (Publish publish : publishes) {
                inbox.onPublish(PEER, publish);
            }
        });
        sim.runFor(Time.millis(10));
    }

    private static Publish publish(long generation, long link, long sequence) {
        String text = generation + "." + link + "." + sequence;
        return new Publish(new LinkId(generation, link), OWN, sequence, ForwardNode.message(text));
    }

    @Test
    void burstIsAcknowledgedOnce() {
        receive(publish(1, 1, 1), publish(1, 1, 2), publish(1, 1, 3));
        assertThat(taken).containsExactly("1.1.1", "1.1.2", "1.1.3");
        assertThat(answers).containsExactly(new ForwardMessage.Ack(new LinkId(1, 1), 3));
    }

    @Test
    void repetitionsAndMessagesAfterAGapAreNotTaken() {
        receive(publish(1, 1, 1), publish(1, 1, 3), publish(1, 1, 1), publish(1, 1, 2), publish(1, 1, 2));
        assertThat(taken).containsExactly("1.1.1", "1.1.2");
        assertThat(counters.gaps()).isEqualTo(1);
        assertThat(counters.duplicates()).isEqualTo(2);
        assertThat(answers).containsExactly(new ForwardMessage.Ack(new LinkId(1, 1), 2));
    }

    @Test
    void linkThatHasAnAcknowledgedStartMustBeFollowedFromItsStart() {
        receive(publish(1, 1, 5));
        assertThat(taken).isEmpty();
        assertThat(answers).containsExactly(new ForwardMessage.Ack(new LinkId(1, 1), 0));
    }

    @Test
    void onlyThePeersLatestLinkCounts() {
        receive(publish(1, 1, 1), publish(1, 2, 1), publish(1, 1, 2), publish(2, 1, 1), publish(1, 2, 2));
        assertThat(taken).containsExactly("1.1.1", "1.2.1", "2.1.1");
        assertThat(counters.stale()).isEqualTo(2);
    }

    @Test
    void messagesForAnotherLifeOfThisNodeAreNotTaken() {
        receive(new Publish(new LinkId(1, 1), OWN - 1, 1, ForwardNode.message("late")));
        assertThat(taken).isEmpty();
        assertThat(answers).isEmpty();
        assertThat(counters.stale()).isEqualTo(1);
    }

    /** Has a port and nothing to do. */
    private static final class Idle implements Protocol {
        private final Kernel kernel;
        private final Port<ForwardMessage> port;

        private Idle(Kernel kernel, Receiver<ForwardMessage> receiver) {
            this.kernel = kernel;
            this.port = kernel.open(new Channel(6, 0, Delivery.STREAM), new ForwardCodec(), receiver);
        }

        @Override
        public void start() {}
    }
}
