package io.orrery.server.simulation;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.trace.Mark;
import io.orrery.raft.Proposal;
import io.orrery.raft.read.Read;
import io.orrery.raft.read.ReadKind;
import io.orrery.server.simulation.KeyValueCommand.Kind;
import io.orrery.sim.Simulation;
import io.orrery.sim.check.Budget;
import io.orrery.sim.check.HistoryRecorder;
import io.orrery.sim.check.Linearizability;
import io.orrery.sim.check.LinearizabilityResult;
import io.orrery.sim.check.Validity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Many clients at a few keys of a replicated key-value store: gets, puts, appends and compare-and-sets, written down as a
 * history that must be linearizable.
 *
 * <ul>
 *   <li>K1: every key's history is linearizable; a refused operation takes no effect, ever; one whose end is unknown takes
 *       effect once at any later time, or never.
 *   <li>K2: a command that was acknowledged was applied, and none was applied twice.
 *   <li>K3: in the end all replicas have applied the same commands and hold the same values.
 * </ul>
 *
 * <p>A client does one thing at a time. One that does not learn how its operation ended retires, and another takes its
 * place. How an operation reaches the store is not known here: a read by another way than the log is a {@link Kind#GET} of
 * the history all the same.
 */
final class KeyValueLoad implements RaftCore.Client, RaftReads.Client {
    /** The checker gave up on a key's history. */
    static final Mark UNDECIDED = new Mark("workload.linearizability-undecided");

    private static final String[] KEYS = {"a", "b", "c"};
    /** Of one key: each more that may have happened at any of many moments doubles what the checker has to search. */
    private static final int OPEN_READS_MAX = 2;

    private static final long LOST_NANOS = Time.seconds(3);

    /** A read under way; compared by identity. */
    private static final class OpenRead {
        private final String key;
        private final long sinceNanos;

        OpenRead(String key, long sinceNanos) {
            this.key = key;
            this.sinceNanos = sinceNanos;
        }
    }

    private static final Budget BUDGET = Budget.of(3_000_000, 64 << 20);

    /** Hands a command to the store; the callback is called at most once. */
    @FunctionalInterface
    interface Store {
        void propose(NodeId target, Bytes command, Proposal.Callback done);
    }

    /** Reads a key of a node's own state, when that is recent enough; the callback is called at most once. */
    @FunctionalInterface
    interface Reader {
        void read(NodeId target, ReadKind kind, String key, Found done);
    }

    /** Hears how a read ended. */
    @FunctionalInterface
    interface Found {
        /**
         * @param value null unless the key was read
         */
        void onFound(Read.Outcome outcome, String value);
    }

    private final Simulation sim;
    private final Store store;
    private final Store sessions;
    private final Reader reader;
    private final HistoryRecorder recorder;
    private final ArrayDeque<Long> idle = new ArrayDeque<>();
    private final TreeMap<String, String> lastFound = new TreeMap<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final TreeSet<Long> answered = new TreeSet<>();
    private final ArrayDeque<OpenRead> openReads = new ArrayDeque<>();
    private long clients;

    KeyValueLoad(Simulation sim, Store store) {
        this(sim, store, store, (target, kind, key, done) -> {});
    }

    /**
     * @param sessions hands a command to the store within a session: it is proposed again as often as it takes
     */
    KeyValueLoad(Simulation sim, Store store, Store sessions, Reader reader) {
        this.sessions = sessions;
        this.sim = sim;
        this.reader = reader;
        this.store = store;
        this.recorder = new HistoryRecorder(sim::nowNanos);
    }

    void operate(long number, Prng luck, NodeId target) {
        operate(number, luck, target, store);
    }

    /** As {@link #operate}, within the target's session. */
    void operateInSession(long number, Prng luck, NodeId target) {
        operate(number, luck, target, sessions);
    }

    @Override
    public void writeThenRead(long number, Prng luck, NodeId target, List<NodeId> readers) {
        Kind kind = luck.chance(500_000) ? Kind.APPEND : Kind.PUT;
        KeyValueCommand command = new KeyValueCommand(number, kind, KEYS[luck.below(KEYS.length)], "v" + number, "");
        invoke(command, target, store, () -> {
            for (NodeId reader : readers) {
                for (ReadKind by : ReadKind.values()) {
                    read(number, command.key(), reader, by);
                }
            }
        });
    }

    private void operate(long number, Prng luck, NodeId target, Store through) {
        String key = KEYS[luck.below(KEYS.length)];
        int choice = luck.below(100);
        Kind kind = choice < 35 ? Kind.GET : choice < 70 ? Kind.APPEND : choice < 82 ? Kind.PUT : Kind.CAS;
        String argument = kind == Kind.GET ? "" : "v" + number;
        String expected = kind == Kind.CAS ? lastFound.getOrDefault(key, "") : "";
        KeyValueCommand command = new KeyValueCommand(number, kind, key, argument, expected);
        invoke(command, target, through, () -> {});
    }

    private void invoke(KeyValueCommand command, NodeId target, Store through, Runnable whenAcknowledged) {
        long client = idle.isEmpty() ? clients++ : idle.poll();
        recorder.invoke(client, command.kind().text(), value(command, null));
        through.propose(target, command.encode(), outcome -> {
            onOutcome(client, command, outcome);
            if (outcome.isCommitted()) {
                whenAcknowledged.run();
            }
        });
    }

    @Override
    public void read(long number, Prng luck, NodeId target, ReadKind kind) {
        String key = KEYS[luck.below(KEYS.length)];
        if (openReads(key) < OPEN_READS_MAX) {
            read(number, key, target, kind);
        }
    }

    /** Reads of a key that wait, but for those whose node must have gone down. */
    private int openReads(String key) {
        openReads.removeIf(open -> sim.nowNanos() - open.sinceNanos >= LOST_NANOS);
        int count = 0;
        for (OpenRead open : openReads) {
            count += open.key.equals(key) ? 1 : 0;
        }
        return count;
    }

    private void read(long number, String key, NodeId target, ReadKind kind) {
        long client = idle.isEmpty() ? clients++ : idle.poll();
        OpenRead open = new OpenRead(key, sim.nowNanos());
        openReads.addLast(open);
        recorder.invoke(client, Kind.GET.text(), Arrays.asList(key, null));
        reader.read(target, kind, key, (outcome, found) -> {
            openReads.remove(open);
            if (outcome.isRead()) {
                answered.add(number);
                lastFound.put(key, found);
                recorder.ok(client, Kind.GET.text(), Arrays.asList(key, found));
            } else {
                String why = outcome.status().toString();
                recorder.fail(client, Kind.GET.text(), Arrays.asList(key, null), why);
            }
            idle.add(client);
        });
    }

    @Override
    public boolean isAnswered(long number) {
        return answered.contains(number);
    }

    @Override
    public void write(NodeId target, long number) {
        operate(number, new Prng(number), target);
    }

    @Override
    public boolean isAcknowledged(long number) {
        return acknowledged.contains(number);
    }

    private void onOutcome(long client, KeyValueCommand command, Proposal.Outcome outcome) {
        String f = command.kind().text();
        switch (outcome.status()) {
            case COMMITTED -> {
                String found = outcome.result().utf8();
                acknowledged.add(command.number());
                lastFound.put(command.key(), command.apply(found));
                recorder.ok(client, f, value(command, found));
            }
            case NOT_LEADER, OVERLOADED ->
                recorder.fail(client, f, value(command, null), outcome.status().toString());
            case UNKNOWN -> {
                recorder.info(client, f, value(command, null), "UNKNOWN");
                return;
            }
        }
        idle.add(client);
    }

    /** As {@link KeyValueModel} wants it, with the key before. */
    private static Object value(KeyValueCommand command, String found) {
        Object bare = switch (command.kind()) {
            case GET -> found;
            case PUT, APPEND -> Arrays.asList(command.argument(), found);
            case CAS -> Arrays.asList(command.argument(), found, command.expected());
        };
        return Arrays.asList(command.key(), bare);
    }

    /** Judges all that happened. The replicas have come to rest. */
    void finish(List<KeyValueMachine> replicas) {
        checkCommands(replicas);
        for (KeyValueMachine replica : replicas) {
            for (String key : KEYS) {
                read(key, replica);
            }
        }
        Map<Object, LinearizabilityResult> results =
                Linearizability.checkByKey(new KeyValueModel(), recorder.history(), BUDGET);
        results.forEach((key, result) -> {
            if (result.validity() == Validity.INVALID) {
                throw new Check.Violation("K1: the history of key " + key + " is not linearizable: " + result);
            }
            if (result.validity() == Validity.UNDECIDED) {
                sim.reached(UNDECIDED);
            }
        });
    }

    private void read(String key, KeyValueMachine replica) {
        long client = clients++;
        recorder.invoke(client, Kind.GET.text(), Arrays.asList(key, null));
        recorder.ok(client, Kind.GET.text(), Arrays.asList(key, replica.value(key)));
    }

    private void checkCommands(List<KeyValueMachine> replicas) {
        List<Long> applied = replicas.get(0).numbers();
        TreeSet<Long> distinct = new TreeSet<>(applied);
        Check.that(
                distinct.size() == applied.size(), "K2: a command is applied twice", applied.size(), distinct.size());
        for (long number : acknowledged) {
            Check.that(distinct.contains(number), "K2: an acknowledged command is lost", number);
        }
        for (KeyValueMachine replica : replicas) {
            Check.that(replica.numbers().equals(applied), "K3: replicas have applied other commands");
            for (String key : KEYS) {
                boolean same = replica.value(key).equals(replicas.get(0).value(key));
                Check.that(same, "K3: replicas hold other values");
            }
        }
    }

    /** Operations of the clients, as begins and ends. */
    int historySize() {
        return recorder.size();
    }

    /** The numbers of the commands that were acknowledged. */
    List<Long> acknowledged() {
        return Collections.unmodifiableList(acknowledged);
    }
}
