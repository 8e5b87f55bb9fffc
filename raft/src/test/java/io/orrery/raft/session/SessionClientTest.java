package io.orrery.raft.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.RaftMarks;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.session.SessionOutcome.Status;
import io.orrery.raft.snapshot.SnapshotConfig;
import io.orrery.raft.snapshot.SnapshotMarks;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Clients with sessions on a group whose leaders come and go. */
class SessionClientTest {
    private static final RaftConfig.Timing TIMING = new RaftConfig.Timing(Time.millis(100), Time.millis(20));

    /** Remembers all commands; a command's result is its place. */
    private static final class Journal implements SmallStateMachine {
        private final List<String> applied = new ArrayList<>();

        @Override
        public Bytes apply(long index, long timestampMillis, Bytes command) {
            applied.add(command.utf8());
            return Bytes.ofUtf8(Integer.toString(applied.size()));
        }

        @Override
        public void snapshot(SnapshotWriter out) {
            applied.forEach(each -> out.write(Bytes.ofUtf8(each)));
        }

        @Override
        public void restore(SnapshotReader in) {
            applied.clear();
            while (in.hasNext()) {
                applied.add(in.next().utf8());
            }
        }
    }

    private static final class Node implements Protocol {
        private final Journal journal = new Journal();
        private final Wal wal;
        private final RaftGroup group;
        private final ProposalForwarder forwarder;
        private final SessionClient client;

        Node(Kernel kernel, RaftConfig config, SessionConfig sessions) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            SessionedStateMachine machine = new SessionedStateMachine(journal, sessions, kernel.trace()::reached);
            group = new RaftGroup(kernel.scope("raft"), config, wal, machine);
            ForwarderConfig forwarding = new ForwarderConfig(1, Time.millis(300), Time.millis(20), 1_000);
            forwarder = new ProposalForwarder(kernel.scope("forward"), group, forwarding);
            SessionClientConfig own =
                    new SessionClientConfig(8, 100, Time.seconds(20), Time.millis(30), Time.millis(400));
            client = new SessionClient(kernel.scope("client"), forwarder::propose, own);
        }

        @Override
        public void start() {
            wal.start();
            group.start();
            forwarder.start();
            client.start();
        }

        @Override
        public void checkInvariants() {
            group.checkInvariants();
            client.checkInvariants();
        }
    }

    private Simulation sim;
    private final TreeMap<String, SessionOutcome> outcomes = new TreeMap<>();

    private void start(long seed, SessionConfig sessions) {
        sim = new Simulation(seed);
        outcomes.clear();
        List<NodeId> members = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        SnapshotConfig snapshots = new SnapshotConfig(10, 0, 0, 256, 2, 3, 1_000);
        RaftConfig config =
                RaftConfig.of(1, Configuration.ofVoters(members)).with(TIMING).with(snapshots);
        members.forEach(id -> sim.addNode(id.name(), kernel -> new Node(kernel, config, sessions)));
    }

    private Node node(int number) {
        return sim.protocol(NodeId.of("n" + number), Node.class);
    }

    private void submit(int on, String command) {
        sim.onNode(
                NodeId.of("n" + on),
                () -> node(on).client.submit(Bytes.ofUtf8(command), outcome -> {
                    assertThat(outcomes.put(command, outcome)).as(command).isNull();
                }));
    }

    private void await(String command) {
        assertThat(sim.runUntil(() -> outcomes.containsKey(command), Time.seconds(30)))
                .as(command)
                .isTrue();
    }

    private NodeId leader() {
        for (NodeId id : sim.nodes()) {
            if (sim.isUp(id) && sim.protocol(id, Node.class).group.isLeader()) {
                return id;
            }
        }
        return null;
    }

    @Test
    void commandsTakeEffectOnceThoughLeadersAreLostWhileTheyAreUnderWay() {
        boolean retried = false;
        boolean answeredAgain = false;
        boolean installed = false;
        for (long seed = 1; seed <= 8; seed++) {
            start(seed, SessionConfig.DEFAULT);
            Prng luck = new Prng(seed);
            for (int i = 0; i < 120; i++) {
                // The client's own node stays up, though it is cut off now and then.
                submit(1, "c" + i);
                sim.runFor(luck.below(Time.millis(40)));
                disturb(luck);
            }
            sim.network().healAll();
            for (int i = 0; i < 120; i++) {
                await("c" + i);
            }
            sim.runFor(Time.seconds(2));
            for (int i = 0; i < 120; i++) {
                SessionOutcome outcome = outcomes.get("c" + i);
                assertThat(outcome.status()).isEqualTo(Status.APPLIED);
                int place = Integer.parseInt(outcome.result().utf8());
                assertThat(node(1).journal.applied).element(place - 1).isEqualTo("c" + i);
            }
            assertThat(node(1).journal.applied).doesNotHaveDuplicates().hasSize(120);
            retried |= sim.marks().containsKey(RaftMarks.SESSION_RETRIED);
            answeredAgain |= sim.marks().containsKey(RaftMarks.SESSION_ANSWERED_AGAIN);
            installed |= sim.marks().containsKey(SnapshotMarks.INSTALLED);
        }
        assertThat(retried).isTrue();
        assertThat(answeredAgain).isTrue();
        assertThat(installed).isTrue();
    }

    private void disturb(Prng luck) {
        NodeId leader = leader();
        if (leader == null || !luck.chance(150_000)) {
            return;
        }
        if (leader.equals(NodeId.of("n1")) || luck.chance(500_000)) {
            sim.network().isolate(leader);
            sim.after(luck.below(Time.millis(600)), () -> sim.network().healAll());
        } else {
            sim.crash(leader);
            sim.after(1 + luck.below(Time.millis(400)), () -> sim.restart(leader));
        }
    }

    @Test
    void expiredSessionIsToldAndTheNextCommandOpensAnother() {
        start(1, new SessionConfig(10, 16, 100, 1_000));
        submit(1, "first");
        await("first");
        long session = node(1).client.session();
        sim.network().isolate(NodeId.of("n1"));
        submit(1, "lost");
        sim.runFor(Time.seconds(2));
        // The others go on, so that time passes in the log.
        submit(2, "meanwhile");
        await("meanwhile");
        assertThat(outcomes).doesNotContainKey("lost");
        sim.network().healAll();
        await("lost");
        assertThat(outcomes.get("lost").status()).isEqualTo(Status.EXPIRED);
        submit(1, "again");
        await("again");
        assertThat(outcomes.get("again").status()).isEqualTo(Status.APPLIED);
        assertThat(node(1).client.session()).isNotEqualTo(session).isPositive();
        assertThat(node(1).journal.applied).containsOnlyOnce("first").doesNotContain("lost");
    }

    @Test
    void idleSessionIsKeptOpen() {
        start(1, new SessionConfig(10, 16, 100, 1_000));
        submit(1, "first");
        await("first");
        long session = node(1).client.session();
        sim.runFor(Time.seconds(10));
        submit(1, "second");
        await("second");
        assertThat(outcomes.get("second").status()).isEqualTo(Status.APPLIED);
        assertThat(node(1).client.session()).isEqualTo(session);
    }

    @Test
    void commandsBeyondWhatMayWaitAreRefusedAndHaveNoEffect() {
        start(1, SessionConfig.DEFAULT);
        for (int i = 0; i < 110; i++) {
            submit(1, "c" + i);
        }
        for (int i = 0; i < 110; i++) {
            await("c" + i);
        }
        long refused = outcomes.values().stream()
                .filter(outcome -> outcome.status() == Status.REFUSED)
                .count();
        assertThat(refused).isEqualTo(10);
        sim.runFor(Time.seconds(1));
        assertThat(node(1).journal.applied).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void commandThatNobodyAnswersEndsInTime() {
        start(1, SessionConfig.DEFAULT);
        submit(1, "first");
        await("first");
        sim.network().isolate(NodeId.of("n1"));
        submit(1, "second");
        await("second");
        assertThat(outcomes.get("second").status()).isEqualTo(Status.UNKNOWN);
        assertThat(node(1).client.pendingCount()).isZero();
    }
}
