package io.orrery.server.bench;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.sim.Simulation;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How long a group is without a leader: when the leader's node loses power, and when it hands over. On the simulated network and
 * disks, whose time no other work on this machine stretches. Each trial is a simulation of its own seed.
 */
public final class FailoverBench {
    private static final RaftConfig.Timing TIMING = RaftConfig.Timing.DEFAULT;
    private static final long PATIENCE_NANOS = Time.seconds(60);
    private static final long REQUEST_NANOS = Time.millis(1);

    private final int trials;
    private final List<NodeId> ids = new ArrayList<>();
    private final LinkPolicy links;

    /**
     * @param trials of each
     * @param voters of the group
     * @param delayMillis that each frame takes, give or take a fifth; 0 for 100 to 500 microseconds
     */
    public FailoverBench(int trials, int voters, int delayMillis) {
        this.trials = trials;
        for (int i = 1; i <= voters; i++) {
            ids.add(NodeId.of("n" + i));
        }
        long delay = Time.millis(delayMillis);
        this.links = delay == 0 ? LinkPolicy.LAN : LinkPolicy.LAN.delay(delay - delay / 5, delay + delay / 5);
    }

    /** The election timeout of the groups, which is the default one. */
    public static long electionNanos() {
        return TIMING.electionNanos();
    }

    /** A node of one group, which proposes wherever the leader is. */
    private static final class Node implements Protocol {
        private final Wal wal;
        private final RaftGroup group;
        private final ProposalForwarder forwarder;

        private Node(Kernel kernel, Configuration members) {
            wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
            RaftConfig config = RaftConfig.of(0, members).with(TIMING);
            group = new RaftGroup(kernel.scope("raft"), config, wal, new CountingMachine());
            forwarder = new ProposalForwarder(kernel.scope("forward"), group, ForwarderConfig.of(0));
        }

        @Override
        public void start() {
            wal.start();
            group.start();
            forwarder.start();
        }
    }

    /** One simulated group that has a leader and has come to rest. */
    private final class Trial {
        private final Simulation sim;
        private boolean isSplit;
        private long longestNanos;
        private int requests;
        private int failed;
        private boolean isOver;

        private Trial(long seed) {
            sim = new Simulation(seed);
            sim.network().policy(links);
            for (NodeId id : ids) {
                sim.addNode(id.name(), kernel -> new Node(kernel, Configuration.ofVoters(ids)));
            }
            await(() -> leader() != null);
            sim.runFor(Time.seconds(3) + sim.choices("phase").below((int) Time.seconds(1)));
            await(() -> leader() != null);
        }

        private void await(BooleanSupplier condition) {
            if (!sim.runUntil(condition, PATIENCE_NANOS)) {
                throw new IllegalStateException("it takes longer than a simulated minute");
            }
        }

        private Node node(NodeId id) {
            return sim.protocol(id, Node.class);
        }

        private NodeId leader() {
            for (NodeId id : ids) {
                if (sim.isUp(id) && node(id).group.isLeader()) {
                    return id;
                }
            }
            return null;
        }

        /** From the loss of power to the first write that another leader acknowledges. */
        private long failOver() {
            NodeId dead = leader();
            long start = sim.nowNanos();
            long term = node(dead).group.term();
            sim.crash(dead);
            await(() -> leader() != null);
            NodeId next = leader();
            isSplit = node(next).group.term() > term + 1;
            boolean[] isCommitted = new boolean[1];
            sim.onNode(
                    next,
                    () -> node(next).group.propose(Bytes.EMPTY, outcome -> isCommitted[0] = outcome.isCommitted()));
            await(() -> isCommitted[0]);
            return sim.nowNanos() - start;
        }

        /** From the request to another leader, while all nodes write. */
        private long handOver() {
            request(0);
            sim.runFor(Time.millis(50));
            NodeId first = leader();
            long start = sim.nowNanos();
            sim.onNode(first, () -> {
                boolean unused = node(first).group.maybeHandOver();
            });
            await(() -> leader() != null && !leader().equals(first));
            long taken = sim.nowNanos() - start;
            sim.runFor(Time.millis(100));
            isOver = true;
            sim.runFor(Time.seconds(6));
            return taken;
        }

        private void request(int number) {
            if (isOver) {
                return;
            }
            NodeId from = ids.get(number % ids.size());
            long asked = sim.nowNanos();
            requests++;
            sim.onNode(
                    from,
                    () -> node(from).forwarder.propose(Bytes.EMPTY, outcome -> {
                        failed += outcome.isCommitted() ? 0 : 1;
                        longestNanos = Math.max(longestNanos, sim.nowNanos() - asked);
                    }));
            sim.after(REQUEST_NANOS, () -> request(number + 1));
        }
    }

    public FailoverFigures run() {
        List<Double> failovers = new ArrayList<>();
        List<Double> transfers = new ArrayList<>();
        List<Double> longest = new ArrayList<>();
        int requests = 0;
        int failed = 0;
        int split = 0;
        for (int i = 1; i <= trials; i++) {
            Trial failover = new Trial(i);
            failovers.add(failover.failOver() / 1e6);
            split += failover.isSplit ? 1 : 0;
            Trial transfer = new Trial(trials + i);
            transfers.add(transfer.handOver() / 1e6);
            longest.add(transfer.longestNanos / 1e6);
            requests += transfer.requests;
            failed += transfer.failed;
        }
        return new FailoverFigures(
                trials,
                split,
                FailoverFigures.Percentiles.of(failovers),
                FailoverFigures.Percentiles.of(transfers),
                FailoverFigures.Percentiles.of(longest),
                requests,
                failed);
    }
}
