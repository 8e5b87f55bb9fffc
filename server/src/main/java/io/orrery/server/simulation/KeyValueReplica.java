package io.orrery.server.simulation;

import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.forward.ForwarderConfig;
import io.orrery.raft.forward.ProposalForwarder;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import io.orrery.raft.log.WalCounters;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.rules.RaftRules;
import io.orrery.raft.session.SessionClient;
import io.orrery.raft.session.SessionCommand;
import io.orrery.raft.session.SessionResult;
import io.orrery.raft.session.SessionedStateMachine;
import java.util.ArrayDeque;

/** A node of the raft workload: a replica of the key-value store, and a client of its own that has a session. */
final class KeyValueReplica implements Protocol {
    private static final int PROPOSED_KEPT = 3;

    final KeyValueMachine machine = new KeyValueMachine();
    final SessionedStateMachine sessions;
    final RaftGroup group;
    private final Wal wal;
    private final ProposalForwarder forwarder;
    private final SessionClient client;
    /** What the client proposed last, the oldest first. */
    private final ArrayDeque<Bytes> proposed = new ArrayDeque<>();

    /** The applied index at which its state was last looked at. */
    long noted;

    KeyValueReplica(Kernel kernel, RaftConfig config, WalConfig walConfig, SessionShape shape, RaftRules rules) {
        wal = new Wal(kernel.scope("wal"), walConfig);
        sessions = new SessionedStateMachine(machine, shape.sessions(), kernel.trace()::reached);
        group = new RaftGroup(kernel.scope("raft"), config, wal, sessions, rules);
        ForwarderConfig forwarding = new ForwarderConfig(
                config.group(),
                4 * config.timing().electionNanos(),
                config.timing().heartbeatNanos(),
                1_000);
        forwarder = new ProposalForwarder(kernel.scope("forward"), group, forwarding);
        client = new SessionClient(kernel.scope("client"), this::proposeForClient, shape.client());
    }

    @Override
    public void start() {
        wal.start();
        group.start();
        forwarder.start();
        client.start();
    }

    /** Proposes here, outside any session. */
    void propose(Bytes command, Proposal.Callback done) {
        Bytes plain = new SessionCommand.Plain(command).encode();
        group.propose(plain, outcome -> done.onOutcome(unwrapped(outcome)));
    }

    private static Proposal.Outcome unwrapped(Proposal.Outcome outcome) {
        return outcome.isCommitted()
                ? Proposal.Outcome.committed(
                        outcome.index(), SessionResult.decode(outcome.result()).result())
                : outcome;
    }

    /** Proposes within this node's session, wherever the leader is, and again as often as it takes. */
    void submit(Bytes command, Proposal.Callback done) {
        client.submit(command, outcome -> {
            switch (outcome.status()) {
                case APPLIED -> done.onOutcome(Proposal.Outcome.committed(1, outcome.result()));
                case APPLIED_RESULT_LOST, EXPIRED, UNKNOWN -> done.onOutcome(Proposal.Outcome.unknown());
                case REFUSED -> done.onOutcome(Proposal.Outcome.overloaded());
            }
        });
    }

    private void proposeForClient(Bytes command, Proposal.Callback done) {
        if (proposed.size() == PROPOSED_KEPT) {
            proposed.remove();
        }
        proposed.add(command);
        forwarder.propose(command, done);
    }

    /**
     * The oldest of the client's last proposals comes once more, as if it had been on its way all the time: mostly it was
     * applied and answered long ago.
     */
    void repeatProposal() {
        if (!proposed.isEmpty()) {
            forwarder.propose(proposed.peek(), outcome -> {});
        }
    }

    /** Reads a key of this node's own state. */
    void read(ReadKind kind, String key, KeyValueLoad.Found done) {
        group.read(kind, outcome -> done.onFound(outcome, found(outcome, key)));
    }

    private String found(Read.Outcome outcome, String key) {
        return outcome.isRead() ? machine.value(key) : null;
    }

    WalCounters logCounters() {
        return wal.counters();
    }

    /** Equal on replicas that have applied equally far. */
    long digest() {
        return machine.digest() * 31 + sessions.digest();
    }

    @Override
    public void checkInvariants() {
        group.checkInvariants();
        client.checkInvariants();
        sessions.checkInvariants();
    }

    @Override
    public void describe(Description out) {
        out.begin("raft");
        group.describe(out);
        out.end();
        out.value("sessions", sessions.sessionCount());
        out.value("sessionsDigest", sessions.digest());
    }
}
