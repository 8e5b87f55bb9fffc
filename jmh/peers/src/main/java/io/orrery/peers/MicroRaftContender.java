package io.orrery.peers;

import io.microraft.RaftConfig;
import io.microraft.RaftEndpoint;
import io.microraft.RaftNode;
import io.microraft.model.message.RaftMessage;
import io.microraft.statemachine.StateMachine;
import io.microraft.transport.Transport;
import io.orrery.server.bench.raft.Contender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * MicroRaft without a store, and with a transport that hands message objects over: no wire, no encoding, no disk, a thread for each
 * node.
 */
public final class MicroRaftContender implements Contender {
    private static final int NODES = 3;
    private static final int COMMITS_PER_SNAPSHOT = 50_000;

    private final Map<RaftEndpoint, RaftNode> nodes = new ConcurrentHashMap<>();
    private RaftNode leader;

    private record Endpoint(String id) implements RaftEndpoint {
        @Override
        public Object getId() {
            return id;
        }
    }

    private final class Direct implements Transport {
        @Override
        public void send(RaftEndpoint target, RaftMessage message) {
            RaftNode node = nodes.get(target);
            if (node != null) {
                node.handle(message);
            }
        }

        @Override
        public boolean isReachable(RaftEndpoint endpoint) {
            return nodes.containsKey(endpoint);
        }
    }

    /** Counts, so that there is a state to take a snapshot of. */
    private static final class Machine implements StateMachine {
        private long count;

        @Override
        public Object runOperation(long commitIndex, Object operation) {
            count++;
            return null;
        }

        @Override
        public void takeSnapshot(long commitIndex, Consumer<Object> chunks) {
            chunks.accept(count);
        }

        @Override
        public void installSnapshot(long commitIndex, List<Object> chunks) {
            count = (Long) chunks.get(0);
        }

        @Override
        public Object getNewTermOperation() {
            return "new term";
        }
    }

    @Override
    public void start(Path directory, boolean synced) {
        List<RaftEndpoint> members = new ArrayList<>();
        for (int i = 1; i <= NODES; i++) {
            members.add(new Endpoint("n" + i));
        }
        RaftConfig config = RaftConfig.newBuilder()
                .setCommitCountToTakeSnapshot(COMMITS_PER_SNAPSHOT)
                .build();
        for (RaftEndpoint member : members) {
            nodes.put(
                    member,
                    RaftNode.newBuilder()
                            .setGroupId("bench")
                            .setLocalEndpoint(member)
                            .setInitialGroupMembers(members)
                            .setConfig(config)
                            .setTransport(new Direct())
                            .setStateMachine(new Machine())
                            .build());
        }
        nodes.values().forEach(node -> node.start().join());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (leader == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no leader within " + PATIENCE_SECONDS + " s");
            }
            for (RaftNode node : nodes.values()) {
                if (node.getLocalEndpoint().equals(node.getTerm().getLeaderEndpoint())) {
                    leader = node;
                }
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void propose(byte[] payload, Outcome outcome) {
        leader.replicate(payload)
                .whenComplete((done, failure) -> outcome.onEnd(failure == null ? null : failure.toString()));
    }

    @Override
    public void close() {
        nodes.values().forEach(node -> node.terminate().join());
    }
}
