package io.orrery.jepsen.workload;

import io.orrery.gossip.Membership;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogConfig;
import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.maelstrom.ErrorCode;
import io.orrery.jepsen.maelstrom.MalformedMessageException;
import io.orrery.jepsen.maelstrom.Request;
import io.orrery.jepsen.maelstrom.Service;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import java.util.List;

/** The root protocol of a Maelstrom node: gossip and one Raft group, and the answer to each type of request. */
public final class WorkloadNode implements Service {
    private final Membership membership;
    private final OwnerLog ownerLog;
    private final UniqueIds ids;
    private final GrowSet broadcast;
    private final GrowSet set;
    private final SharedCounter counter;
    private final LinKv kv;
    private final List<NodeId> cluster;
    private ReadMode mode;

    /**
     * @param cluster all nodes, sorted, the same list on each
     */
    public WorkloadNode(Kernel kernel, List<NodeId> cluster, WorkloadConfig config) {
        this.cluster = cluster;
        this.mode = config.mode();
        Rows rows = new Rows();
        membership = new Membership(kernel.scope("gossip"), config.gossip(), "", AddressBook.BY_NAME);
        ownerLog = new OwnerLog(kernel.scope("rows"), membership, OwnerLogConfig.fast(), rows);
        rows.attach(ownerLog);
        ids = new UniqueIds(kernel);
        broadcast = new GrowSet(rows, 'b');
        set = new GrowSet(rows, 's');
        counter = new SharedCounter(rows, 'c', kernel.self());
        kv = new LinKv(kernel, cluster, config.timeoutNanos());
    }

    @Override
    public void start() {
        membership.start();
        ownerLog.start();
        membership.join(cluster);
        kv.start();
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
        ownerLog.checkInvariants();
        kv.checkInvariants();
    }

    @Override
    public void onRequest(Request request) {
        switch (request.type()) {
            case "" -> throw new MalformedMessageException("a body has a type");
            case "echo" -> request.ok(Json.object().with("echo", request.need("echo")));
            case "generate" -> ids.onGenerate(request);
            case "topology" -> onTopology(request);
            case "broadcast" -> onBroadcast(request);
            case "add" -> onAdd(request);
            case "read" -> onRead(request);
            case "write" -> kv.onWrite(request);
            case "cas" -> kv.onCas(request);
            default -> request.fail(ErrorCode.NOT_SUPPORTED, "no such type: " + request.type());
        }
    }

    /** Gossip chooses its own ways, so the advice is only a sign that this is a broadcast. */
    private void onTopology(Request request) {
        mode = ReadMode.BROADCAST;
        request.ok();
    }

    private void onBroadcast(Request request) {
        broadcast.add(request.need("message"));
        mode = ReadMode.BROADCAST;
        request.ok();
    }

    private void onAdd(Request request) {
        if (request.has("delta")) {
            counter.add(request.needLong("delta"));
            mode = ReadMode.COUNTER;
        } else {
            set.add(request.need("element"));
            mode = ReadMode.SET;
        }
        request.ok();
    }

    private void onRead(Request request) {
        if (request.has("key")) {
            kv.onRead(request);
            return;
        }
        switch (mode == ReadMode.GUESS ? guess() : mode) {
            case BROADCAST -> request.ok(Json.object().with("messages", broadcast.all()));
            case SET -> request.ok(Json.object().with("value", set.all()));
            case COUNTER -> request.ok(Json.object().with("value", counter.value()));
            case GUESS ->
                request.fail(
                        ErrorCode.TEMPORARILY_UNAVAILABLE,
                        "nothing to read yet, and no --workload to say of what kind");
        }
    }

    private ReadMode guess() {
        if (!broadcast.isEmpty()) {
            return ReadMode.BROADCAST;
        }
        if (!set.isEmpty()) {
            return ReadMode.SET;
        }
        return counter.isEmpty() ? ReadMode.GUESS : ReadMode.COUNTER;
    }
}
