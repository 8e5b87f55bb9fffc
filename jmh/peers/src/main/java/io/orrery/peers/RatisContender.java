package io.orrery.peers;

import io.orrery.server.bench.raft.Contender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.TimeDuration;

/**
 * Apache Ratis over gRPC on loopback, proposals by its own asynchronous client.
 *
 * <p>Tuned: no pause between appends (its default waits), as many requests open as the client keeps, no snapshots. Unsynced is its
 * option {@code unsafe-flush}.
 */
public final class RatisContender implements Contender {
    private static final int NODES = 3;
    private static final int REQUESTS_MAX = 65_536;

    private final List<RaftServer> servers = new ArrayList<>();
    private RaftClient client;

    /** Answers with nothing. */
    private static final class Machine extends BaseStateMachine {
        @Override
        public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
            updateLastAppliedTermIndex(
                    transaction.getLogEntry().getTerm(),
                    transaction.getLogEntry().getIndex());
            return CompletableFuture.completedFuture(Message.EMPTY);
        }
    }

    @Override
    public void start(Path directory, boolean synced) throws Exception {
        int[] ports = Ports.free(NODES);
        List<RaftPeer> peers = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            peers.add(RaftPeer.newBuilder()
                    .setId("n" + i)
                    .setAddress("127.0.0.1:" + ports[i])
                    .build());
        }
        RaftGroup group = RaftGroup.valueOf(RaftGroupId.valueOf(new UUID(1, 1)), peers);
        for (int i = 0; i < NODES; i++) {
            RaftProperties properties = new RaftProperties();
            Path files = Files.createDirectories(directory.resolve("n" + i));
            RaftServerConfigKeys.setStorageDir(properties, List.of(files.toFile()));
            GrpcConfigKeys.Server.setPort(properties, ports[i]);
            RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
            RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, !synced);
            RaftServerConfigKeys.Write.setElementLimit(properties, REQUESTS_MAX);
            RaftServer server = RaftServer.newBuilder()
                    .setGroup(group)
                    .setProperties(properties)
                    .setServerId(peers.get(i).getId())
                    .setStateMachine(new Machine())
                    .build();
            server.start();
            servers.add(server);
        }
        RaftProperties properties = new RaftProperties();
        RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, REQUESTS_MAX);
        client = RaftClient.newBuilder()
                .setProperties(properties)
                .setRaftGroup(group)
                .build();
        client.io().send(Message.valueOf("the first finds the leader"));
    }

    @Override
    public void propose(byte[] payload, Outcome outcome) {
        client.async().send(Message.valueOf(ByteString.copyFrom(payload))).whenComplete((reply, failure) -> {
            boolean isDone = failure == null && reply.isSuccess();
            outcome.onEnd(isDone ? null : String.valueOf(failure == null ? reply.getException() : failure));
        });
    }

    @Override
    public void close() throws Exception {
        client.close();
        for (RaftServer server : servers) {
            server.close();
        }
    }
}
