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
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How long a group of three is without a leader: when the leader's node loses power, and when it hands over. On the simulated
 * network and disks, whose time no other work on this machine stretches: frames take 100 to 500 microseconds. Each trial is a
 * simulation of its own seed.
 */
public final class FailoverBench {
    private static final RaftConfig.Timing TIMING = RaftConfig.Timing.DEFAULT;
    private static final long PATIENCE_NANOS = Time.seconds(60);
    private static final long REQUEST_NANOS = Time.millis(1);

    private final int trials;

    /**
     * @param trials of each
     */
    public FailoverBench(int trials) {
        this.trials = trials;
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
    private static final class Trial {
        private final Simulation sim;
        private final List<NodeId> ids = List.of(NodeId.of("n1"), NodeId.of("n2"), NodeId.of("n3"));
        private long longestNanos;
        private int requests;
        private int failed;
        private boolean isOver;

        private Trial(long seed) {
            sim = new Simulation(seed);
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
            sim.crash(dead);
            await(() -> leader() != null);
            NodeId next = leader();
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
        for (int i = 1; i <= trials; i++) {
            failovers.add(new Trial(i).failOver() / 1e6);
            Trial transfer = new Trial(trials + i);
            transfers.add(transfer.handOver() / 1e6);
            longest.add(transfer.longestNanos / 1e6);
            requests += transfer.requests;
            failed += transfer.failed;
        }
        return new FailoverFigures(
                trials,
                FailoverFigures.Percentiles.of(failovers),
                FailoverFigures.Percentiles.of(transfers),
                FailoverFigures.Percentiles.of(longest),
                requests,
                failed);
    }
}
