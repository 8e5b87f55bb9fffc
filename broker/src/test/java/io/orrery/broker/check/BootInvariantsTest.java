package io.orrery.broker.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.broker.boot.Ballot;
import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.BootMessage;
import io.orrery.broker.boot.BootOutcome;
import io.orrery.broker.boot.Electorate;
import io.orrery.broker.boot.FirstBoot;
import io.orrery.broker.boot.Letter;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each rule accepts, and what it rejects: nodes of two worlds are shown to one checker as if they were of one. */
class BootInvariantsTest {
    private static final List<NodeId> NODES = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
    private static final NodeId ONE = NODES.get(0);

    private final BootInvariants invariants = new BootInvariants();

    /** First boot alone. */
    private static final class Peer implements Protocol {
        private final FirstBoot boot;
        private BootOutcome outcome;

        Peer(Kernel kernel) {
            BootConfig config = BootConfig.of(Electorate.named(NODES), NODES).fast();
            boot = new FirstBoot(kernel.scope("boot"), config, "x", "", AddressBook.BY_NAME, ended -> outcome = ended);
        }

        @Override
        public void start() {
            boot.start();
        }
    }

    /** A world in which three nodes have formed a cluster. */
    private static Simulation formed(long seed) {
        Simulation sim = new Simulation(seed);
        NODES.forEach(node -> sim.addNode(node.name(), Peer::new));
        assertThat(sim.runUntil(
                        () -> NODES.stream().allMatch(node -> sim.protocol(node, Peer.class).outcome != null),
                        Time.seconds(30)))
                .isTrue();
        return sim;
    }

    private void observe(Simulation sim, NodeId node, int disk) {
        Peer peer = sim.protocol(node, Peer.class);
        boolean begins = peer.outcome != null && !peer.outcome.voters().isEmpty();
        invariants.observe(node, disk, peer.boot, begins);
    }

    private void rejects(String claim, Simulation sim, NodeId node, int disk) {
        assertThatThrownBy(() -> observe(sim, node, disk))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining(claim);
    }

    @Test
    void oneClusterIsAcceptedAlsoAfterARestart() {
        Simulation sim = formed(7);
        NODES.forEach(node -> observe(sim, node, 0));
        sim.crash(ONE);
        sim.restart(ONE);
        sim.runFor(Time.seconds(1));
        observe(sim, ONE, 0);
        assertThat(invariants.founding()).isNotNull();
    }

    @Test
    void twoClustersAreRejected() {
        NODES.forEach(node -> observe(formed(7), node, 0));
        rejects("N1: two clusters", formed(8), ONE, 0);
    }

    @Test
    void aNodeThatAsksAgainThoughItHasItsDiskIsRejected() {
        observe(formed(7), ONE, 0);
        Simulation empty = new Simulation(7);
        empty.addNode("n1", Peer::new);
        empty.runFor(Time.seconds(1));
        rejects("N2: a node that has data is of its cluster at once", empty, ONE, 0);
        observe(empty, ONE, 1);
    }

    @Test
    void aPromiseThatWasToldAndIsForgottenIsRejected() {
        Simulation sim = new Simulation(7);
        NODES.forEach(node -> sim.addNode(node.name(), Peer::new));
        sim.runUntil(() -> sim.protocol(ONE, Peer.class).boot.promised() != null, Time.seconds(30));
        FirstBoot boot = sim.protocol(ONE, Peer.class).boot;
        assertThat(boot.isWaiting()).isTrue();
        Ballot ballot = boot.promised();
        invariants.onSend(ONE, 0, new Letter("x", new BootMessage.Promise(ballot, 1, null, null)));
        observe(sim, ONE, 0);
        invariants.onSend(ONE, 0, new Letter("x", new BootMessage.Accepted(new Ballot(ballot.round() + 1, ONE))));
        rejects("N4: n1 has told that it takes part in ballot", sim, ONE, 0);
    }

    @Test
    void aVoterThatBeginsOnASecondDiskIsRejected() {
        Simulation sim = formed(7);
        observe(sim, ONE, 0);
        rejects("N3: n1 began as a voter on two disks", sim, ONE, 1);
    }
}
