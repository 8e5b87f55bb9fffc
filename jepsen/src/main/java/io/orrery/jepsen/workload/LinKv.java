package io.orrery.jepsen.workload;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.json.JsonException;
import io.orrery.jepsen.json.JsonReader;
import io.orrery.jepsen.maelstrom.ErrorCode;
import io.orrery.jepsen.maelstrom.MalformedMessageException;
import io.orrery.jepsen.maelstrom.Request;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.read.ReadKind;
import java.util.ArrayDeque;
import java.util.List;

/**
 * {@code read}, {@code write} and {@code cas} with a key: a linearizable store on one Raft group. Any node takes requests;
 * it proposes changes on the leader, and answers reads from its own state when the leader has told it from where on that may
 * be read (ReadIndex).
 *
 * <p>How an outcome is told: what was certainly not proposed is TEMPORARILY_UNAVAILABLE, which is definite; what may have
 * been is TIMEOUT, which is not.
 */
final class LinKv implements Protocol {
    private static final long GROUP = 1;
    private static final int VOTERS_MAX = 7;

    /** A request, and when it has waited too long. */
    private record Waiting(Request request, long deadlineNanos) {}

    private final Kernel kernel;
    private final long patienceNanos;
    private final Timer impatience;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final KvMachine machine = new KvMachine();
    private final Wal wal;
    private final RaftGroup group;
    private final ProposalForwarder forwarder;
    private final int commandBytesMax;
    private final boolean isMember;

    /**
     * @param cluster all nodes, sorted, the same list on each: the first seven vote, up to the group's limit the others
     *     learn, and those beyond it refuse requests
     * @param timeoutNanos a request without an outcome is answered after this time
     */
    LinKv(Kernel kernel, List<NodeId> cluster, long timeoutNanos) {
        this.kernel = kernel;
        impatience = kernel.timer("kv-impatience", this::onImpatience);
        int voters = Math.min(VOTERS_MAX, cluster.size());
        int members = Math.min(Configuration.MEMBERS_MAX, cluster.size());
        Configuration initial = new Configuration(cluster.subList(0, voters), cluster.subList(voters, members));
        ReadConfig reads = new ReadConfig(ReadConfig.DEFAULT.waitingMax(), timeoutNanos, false, 0);
        RaftConfig config = RaftConfig.of(GROUP, initial).with(reads);
        ForwarderConfig defaults = ForwarderConfig.of(GROUP);
        // The forwarder's own answers come first: they may be definite.
        patienceNanos = timeoutNanos + 2 * defaults.retryNanos();
        isMember = initial.isMember(kernel.self());
        commandBytesMax = config.limits().commandBytesMax();
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT);
        group = new RaftGroup(
                kernel.scope("raft"),
                isMember ? config : RaftConfig.of(GROUP, Configuration.EMPTY).with(reads),
                wal,
                machine);
        forwarder = new ProposalForwarder(
                kernel.scope("forward"),
                group,
                new ForwarderConfig(GROUP, timeoutNanos, defaults.retryNanos(), defaults.pendingMax()));
    }

    @Override
    public void start() {
        wal.start();
        group.start();
        forwarder.start();
    }

    @Override
    public void checkInvariants() {
        wal.checkInvariants();
        group.checkInvariants();
        forwarder.checkInvariants();
    }

    void onRead(Request request) {
        KvCommand command = new KvCommand.Read(text(request, "key"));
        if (isTaken(request)) {
            group.read(ReadKind.INDEX, outcome -> onRead(request, command, outcome));
        }
    }

    private void onRead(Request request, KvCommand command, Read.Outcome outcome) {
        if (request.isAnswered()) {
            return;
        }
        switch (outcome.status()) {
            case READ -> answer(request, command, machine.read(command.key()));
            case NOT_LEADER -> request.fail(ErrorCode.TEMPORARILY_UNAVAILABLE, "no leader");
            case OVERLOADED -> request.fail(ErrorCode.TEMPORARILY_UNAVAILABLE, "overloaded");
            // A read has no effect: that it did not happen is certain.
            case TIMED_OUT -> request.fail(ErrorCode.TEMPORARILY_UNAVAILABLE, "no leader confirmed in time");
        }
    }

    void onWrite(Request request) {
        propose(request, new KvCommand.Write(text(request, "key"), text(request, "value")));
    }

    void onCas(Request request) {
        boolean creates = request.has("create_if_not_exists")
                && request.need("create_if_not_exists").equals(Json.of(true));
        propose(
                request,
                new KvCommand.CompareAndSet(text(request, "key"), text(request, "from"), text(request, "to"), creates));
    }

    private void propose(Request request, KvCommand command) {
        Bytes bytes = command.encode();
        if (bytes.length() > commandBytesMax) {
            throw new MalformedMessageException("keys and values have at most " + commandBytesMax + " bytes together");
        }
        if (isTaken(request)) {
            forwarder.propose(bytes, outcome -> onOutcome(request, command, outcome));
        }
    }

    /** Whether this node takes requests at all; then this one ends in time, whatever comes. */
    private boolean isTaken(Request request) {
        if (!isMember) {
            request.fail(
                    ErrorCode.TEMPORARILY_UNAVAILABLE, "this node is beyond the group's " + Configuration.MEMBERS_MAX);
            return false;
        }
        dropAnswered();
        waiting.addLast(new Waiting(request, kernel.nowNanos() + patienceNanos));
        if (!impatience.isArmed()) {
            impatience.restart(patienceNanos);
        }
        return true;
    }

    /** All wait equally long, so the first in the line is the first to give up. */
    private void onImpatience() {
        dropAnswered();
        while (!waiting.isEmpty() && waiting.peekFirst().deadlineNanos() <= kernel.nowNanos()) {
            waiting.removeFirst().request().fail(ErrorCode.TIMEOUT, "no outcome yet");
            dropAnswered();
        }
        if (!waiting.isEmpty()) {
            impatience.restart(waiting.peekFirst().deadlineNanos() - kernel.nowNanos());
        }
    }

    private void dropAnswered() {
        while (!waiting.isEmpty() && waiting.peekFirst().request().isAnswered()) {
            waiting.removeFirst();
        }
    }

    private void onOutcome(Request request, KvCommand command, Proposal.Outcome outcome) {
        if (request.isAnswered()) {
            return;
        }
        switch (outcome.status()) {
            case COMMITTED -> answer(request, command, KvResult.decode(outcome.result()));
            case NOT_LEADER -> request.fail(ErrorCode.TEMPORARILY_UNAVAILABLE, "no leader");
            case OVERLOADED -> request.fail(ErrorCode.TEMPORARILY_UNAVAILABLE, "overloaded");
            case UNKNOWN -> request.fail(ErrorCode.TIMEOUT, "it may have happened or may happen yet");
        }
    }

    private static void answer(Request request, KvCommand command, KvResult result) {
        switch (result.status()) {
            case OK ->
                request.ok(
                        command instanceof KvCommand.Read
                                ? Json.object().with("value", value(result.value()))
                                : Json.object());
            case ABSENT -> request.fail(ErrorCode.KEY_DOES_NOT_EXIST, "the key holds nothing");
            case MISMATCH -> request.fail(ErrorCode.PRECONDITION_FAILED, "the key holds " + result.value());
            case MALFORMED -> request.fail(ErrorCode.MALFORMED_REQUEST, "the store did not know the command");
        }
    }

    private static Json value(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonException impossible) {
            throw new IllegalStateException("the store holds what is not JSON", impossible);
        }
    }

    private static String text(Request request, String member) {
        return request.need(member).text();
    }
}
