package io.orrery.server.bench;

import io.orrery.kernel.Check;
import io.orrery.kernel.Prng;
import io.orrery.sim.check.Budget;
import io.orrery.sim.check.CasRegister;
import io.orrery.sim.check.History;
import io.orrery.sim.check.HistoryRecorder;
import io.orrery.sim.check.Linearizability;
import io.orrery.sim.check.LinearizabilityResult;
import io.orrery.sim.check.QueueOrder;
import io.orrery.sim.check.RandomRegister;
import io.orrery.sim.check.TotalQueue;
import io.orrery.sim.check.Validity;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How long the checkers of histories take: the same histories on every machine, each judged once, by processor time of the
 * judging thread.
 */
public final class CheckerBench {
    private static final int CLIENTS = 10;

    private final int operations;
    private final long seeds;

    /**
     * @param operations of each history
     * @param seeds histories of each kind
     */
    public CheckerBench(int operations, long seeds) {
        Check.argument(operations >= 1 && seeds >= 1, "a benchmark has at least one operation and one seed");
        this.operations = operations;
        this.seeds = seeds;
    }

    /** A verdict, and what it took; a checker that does not search takes a step an operation. */
    private record Judged(Validity validity, long steps) {}

    /** Judges all histories; the kinds run once for the compiler before they are measured. */
    public List<CheckerRow> run() {
        List<CheckerRow> rows = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            rows.clear();
            rows.add(row("register, 3 clients", register(3), CheckerBench::search));
            rows.add(row("register, 10 clients", register(CLIENTS), CheckerBench::search));
            rows.add(row("register, 30 clients", register(30), CheckerBench::search));
            rows.add(row("register, 10 clients, a stale read", this::stale, CheckerBench::search));
            rows.add(row("queue, nothing lost, in order", this::queue, CheckerBench::follow));
        }
        return rows;
    }

    private Function<Prng, History> register(int clients) {
        return luck -> new RandomRegister(luck, clients, operations, 0).run();
    }

    /** Every write has a value of its own, every end is known, and a read half way finds what was there fifty writes ago. */
    private History stale(Prng luck) {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        Long[] running = new Long[CLIENTS];
        List<Long> written = new ArrayList<>(List.of(0L));
        recorder.invoke(0, "write", 0L);
        recorder.ok(0, "write", 0L);
        boolean isStale = false;
        for (long begun = 1; begun < operations; ) {
            int client = luck.below(CLIENTS);
            boolean writes = client % 2 == 0;
            if (running[client] == null) {
                running[client] = begun++;
                recorder.invoke(client, writes ? "write" : "read", writes ? running[client] : null);
            } else {
                boolean lies = !writes && !isStale && begun >= operations / 2;
                isStale |= lies;
                Long found = written.get(Math.max(0, written.size() - (lies ? 50 : 1)));
                written.addAll(writes ? List.of(running[client]) : List.of());
                recorder.ok(client, writes ? "write" : "read", writes ? running[client] : found);
                running[client] = null;
            }
        }
        return recorder.history();
    }

    /** Half of the operations put in, half take out what was put in longest ago. */
    private History queue(Prng luck) {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        long in = 0;
        long out = 0;
        while (out < operations / 2) {
            boolean puts = in < operations / 2 && (in == out || luck.chance(500_000));
            long value = puts ? in++ : out++;
            recorder.invoke(puts ? 0 : 1, puts ? "enqueue" : "dequeue", puts ? value : null);
            recorder.ok(puts ? 0 : 1, puts ? "enqueue" : "dequeue", value);
        }
        return recorder.history();
    }

    /** With what the workload of Raft allows itself. */
    private static Judged search(History history) {
        LinearizabilityResult result =
                Linearizability.check(new CasRegister(), history, Budget.of(3_000_000, 64L << 20));
        return new Judged(result.validity(), result.steps());
    }

    private static Judged follow(History history) {
        boolean isOrdered = QueueOrder.check(history).isEmpty();
        Validity validity =
                TotalQueue.check(history, TotalQueue.Promise.EXACTLY_ONCE).validity();
        return new Judged(isOrdered ? validity : Validity.INVALID, history.ops().size());
    }

    private CheckerRow row(String name, Function<Prng, History> maker, Function<History, Judged> judge) {
        double[] millis = new double[(int) seeds];
        double[] steps = new double[(int) seeds];
        int[] verdicts = new int[Validity.values().length];
        for (int seed = 0; seed < seeds; seed++) {
            History history = maker.apply(new Prng(seed));
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Judged judged = judge.apply(history);
            millis[seed] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e6;
            steps[seed] = judged.steps();
            verdicts[judged.validity().ordinal()]++;
        }
        return new CheckerRow(
                name,
                operations,
                verdicts[Validity.VALID.ordinal()],
                verdicts[Validity.INVALID.ordinal()],
                verdicts[Validity.UNDECIDED.ordinal()],
                Spread.of(steps),
                Spread.of(millis));
    }
}
