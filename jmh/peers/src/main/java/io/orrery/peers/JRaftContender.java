package io.orrery.peers;

import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import io.orrery.server.bench.raft.Contender;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * SOFAJRaft as it comes: Bolt over loopback, its log in RocksDB, proposals made on the leader's node in its own process. Unsynced
 * is its option {@code sync=false}. Snapshots are off.
 */
public final class JRaftContender implements Contender {
    private static final int NODES = 3;

    private final List<RaftGroupService> services = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private Node leader;

    /** Tells the proposer, and does nothing else. */
    private static final class Machine extends StateMachineAdapter {
        @Override
        public void onApply(Iterator entries) {
            while (entries.hasNext()) {
                if (entries.done() != null) {
                    entries.done().run(Status.OK());
                }
                entries.next();
            }
        }
    }

    @Override
    public void start(Path directory, boolean synced) throws Exception {
        int[] ports = Ports.free(NODES);
        Configuration members = new Configuration();
        for (int port : ports) {
            members.addPeer(new PeerId("127.0.0.1", port));
        }
        for (int port : ports) {
            Path files = Files.createDirectories(directory.resolve("n" + port));
            NodeOptions options = new NodeOptions();
            options.setFsm(new Machine());
            options.setLogUri(files.resolve("log").toString());
            options.setRaftMetaUri(files.resolve("meta").toString());
            options.setInitialConf(members);
            options.setElectionTimeoutMs(1000);
            options.setDisableCli(true);
            options.getRaftOptions().setSync(synced);
            RaftGroupService service = new RaftGroupService("bench", new PeerId("127.0.0.1", port), options);
            services.add(service);
            nodes.add(service.start());
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (leader == null) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no leader within " + PATIENCE_SECONDS + " s");
            }
            for (Node node : nodes) {
                if (node.isLeader()) {
                    leader = node;
                }
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void propose(byte[] payload, Outcome outcome) {
        leader.apply(new Task(
                ByteBuffer.wrap(payload), status -> outcome.onEnd(status.isOk() ? null : status.getErrorMsg())));
    }

    @Override
    public void close() throws Exception {
        services.forEach(RaftGroupService::shutdown);
    }
}
