package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import io.orrery.server.simulation.KeyValueCommand.Kind;
import io.orrery.sim.check.Budget;
import io.orrery.sim.check.Call;
import io.orrery.sim.check.History;
import io.orrery.sim.check.HistoryRecorder;
import io.orrery.sim.check.Linearizability;
import io.orrery.sim.check.LinearizabilityResult;
import io.orrery.sim.check.Model;
import io.orrery.sim.check.Op;
import io.orrery.sim.check.Validity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyValueModelTest {
    private static final KeyValueModel MODEL = new KeyValueModel();

    /** The same model, which foresees nothing and leaves no call out. */
    private static final Model<String> BLIND = new Model<>() {
        @Override
        public String initial() {
            return MODEL.initial();
        }

        @Override
        public String step(String state, Call call) {
            return MODEL.step(state, call);
        }

        @Override
        public List<String> statesBefore(List<Call> window) {
            return MODEL.statesBefore(window);
        }
    };

    /** On histories small enough to try every order: few calls, most of them uncertain in some. */
    @Test
    void theSearchAgreesWithTryingEveryOrder() {
        int[] counts = new int[2];
        for (long seed = 0; seed < 6_000; seed++) {
            Prng luck = new Prng(seed);
            History history =
                    new RandomKey(luck, 3 + luck.below(2), 4 + luck.below(4), luck.below(700_000), 60_000).run();
            List<Call> calls = new ArrayList<>(history.calls());
            calls.removeIf(call -> call.outcome() == Op.Type.FAIL);
            boolean expected = anyOrderExplains(calls, "");
            assertThat(Linearizability.check(MODEL, history, Budget.DEFAULT).validity())
                    .as("seed %d%n%s", seed, history.calls())
                    .isEqualTo(expected ? Validity.VALID : Validity.INVALID);
            counts[expected ? 1 : 0]++;
        }
        assertThat(counts[0]).isGreaterThan(500);
        assertThat(counts[1]).isGreaterThan(2_000);
    }

    /** Longer ones: verdict and culprit are those of the search that foresees nothing. */
    @Test
    void whatIsForeseenChangesNeitherVerdictNorCulprit() {
        int[] counts = new int[3];
        for (long seed = 0; seed < 1_500; seed++) {
            Prng luck = new Prng(seed);
            History history = new RandomKey(luck, 2 + luck.below(4), 25, luck.below(250_000), 15_000).run();
            LinearizabilityResult blind = Linearizability.check(BLIND, history, Budget.of(50_000, 16 << 20));
            LinearizabilityResult result = Linearizability.check(MODEL, history, Budget.DEFAULT);
            counts[blind.validity().ordinal()]++;
            if (blind.validity() != Validity.UNDECIDED) {
                assertThat(result.validity()).as("seed %d", seed).isEqualTo(blind.validity());
                assertThat(result.culprit()).as("seed %d", seed).isEqualTo(blind.culprit());
            }
        }
        assertThat(counts[Validity.VALID.ordinal()]).isGreaterThan(300);
        assertThat(counts[Validity.INVALID.ordinal()]).isGreaterThan(100);
    }

    /** The search would try their subsets. */
    @Test
    void longHistoriesWithManyUncertainChangesAreDecidedInFewSteps() {
        for (long seed = 0; seed < 100; seed++) {
            History history = new RandomKey(new Prng(seed), 12, 400, 300_000, 0).run();
            LinearizabilityResult result = Linearizability.check(MODEL, history, Budget.of(200_000, 16 << 20));
            assertThat(result.validity()).as("seed %d: %s", seed, result).isEqualTo(Validity.VALID);
        }
    }

    /** Nobody saw what made the value too long: two appends do, and it takes both. */
    @Test
    void anAppendThatBeganAnewIsExplainedByAppendsThatNobodySaw() {
        assertThat(beganAnew(1)).isEqualTo(Validity.INVALID);
        assertThat(beganAnew(2)).isEqualTo(Validity.VALID);
        assertThat(beganAnew(40)).isEqualTo(Validity.VALID);
    }

    private static Validity beganAnew(int unseen) {
        HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        recorder.invoke(0, "put", Arrays.asList("z", null));
        recorder.ok(0, "put", Arrays.asList("z", ""));
        for (int number = 10; number < 10 + unseen; number++) {
            recorder.invoke(number, "append", Arrays.asList(number + "x".repeat(100), null));
        }
        recorder.invoke(1, "append", Arrays.asList("last", null));
        recorder.invoke(2, "get", null);
        recorder.ok(2, "get", "last");
        return Linearizability.check(MODEL, recorder.history(), Budget.of(1_000, 1 << 20))
                .validity();
    }

    /** Tries each call that no certain call left precedes in real time. */
    private static boolean anyOrderExplains(List<Call> left, String state) {
        long firstEnd = Long.MAX_VALUE;
        for (Call call : left) {
            firstEnd = call.outcome() == Op.Type.OK
                    ? Math.min(firstEnd, call.completion().index())
                    : firstEnd;
        }
        if (firstEnd == Long.MAX_VALUE) {
            return true;
        }
        for (Call next : left) {
            String after = next.invocation().index() > firstEnd ? null : MODEL.step(state, next);
            if (after != null && (next.outcome() == Op.Type.OK || !after.equals(state))) {
                List<Call> rest = new ArrayList<>(left);
                rest.remove(next);
                if (anyOrderExplains(rest, after)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Clients at a key that exists, some of whom do not learn how it ended, and some of whom are told what is not so. */
    private static final class RandomKey {
        private final Prng luck;
        private final int clients;
        private final int operations;
        private final int uncertainPpm;
        private final int liePpm;
        private final HistoryRecorder recorder = new HistoryRecorder(() -> 0);
        private final List<String> past = new ArrayList<>(List.of(""));
        /** What clients are at: whose effect is still to come, and what they found. */
        private final TreeMap<Long, KeyValueCommand> pending = new TreeMap<>();

        private final TreeMap<Long, KeyValueCommand> running = new TreeMap<>();
        private final TreeMap<Long, String> found = new TreeMap<>();
        private String value = "";
        private long nextClient;

        RandomKey(Prng luck, int clients, int operations, int uncertainPpm, int liePpm) {
            this.luck = luck;
            this.clients = clients;
            this.operations = operations;
            this.uncertainPpm = uncertainPpm;
            this.liePpm = liePpm;
        }

        History run() {
            for (int begun = 0; begun < operations || !running.isEmpty(); ) {
                if (!pending.isEmpty() && luck.chance(400_000)) {
                    happen(any(pending));
                } else if (begun < operations && running.size() < clients) {
                    begin(begun++);
                } else {
                    end(any(running));
                }
            }
            return recorder.history();
        }

        private long any(TreeMap<Long, KeyValueCommand> among) {
            return new ArrayList<>(among.keySet()).get(luck.below(among.size()));
        }

        private void begin(int number) {
            Kind kind = Kind.values()[luck.below(4)];
            int filled = luck.chance(700_000) ? 0 : luck.chance(900_000) ? 60 + luck.below(2) * 40 : 202;
            String argument = kind == Kind.GET ? "" : "v" + number + "x".repeat(filled);
            String expected = kind != Kind.CAS ? "" : luck.chance(700_000) ? value : past.get(luck.below(past.size()));
            KeyValueCommand command = new KeyValueCommand(number, kind, "k", argument, expected);
            long client = nextClient++;
            running.put(client, command);
            pending.put(client, command);
            recorder.invoke(client, kind.text(), value(command, null));
        }

        private void happen(long client) {
            KeyValueCommand command = pending.remove(client);
            found.put(client, value);
            value = command.apply(value);
            past.add(value);
        }

        private void end(long client) {
            KeyValueCommand command = running.remove(client);
            String f = command.kind().text();
            if (luck.chance(uncertainPpm)) {
                recorder.info(client, f, value(command, null), "");
            } else if (pending.containsKey(client) && luck.chance(200_000)) {
                pending.remove(client);
                recorder.fail(client, f, value(command, null), "");
            } else {
                if (pending.containsKey(client)) {
                    happen(client);
                }
                String told = luck.chance(liePpm) ? past.get(luck.below(past.size())) : found.get(client);
                recorder.ok(client, f, value(command, told));
            }
        }

        private static Object value(KeyValueCommand command, String found) {
            return switch (command.kind()) {
                case GET -> found;
                case PUT, APPEND -> Arrays.asList(command.argument(), found);
                case CAS -> Arrays.asList(command.argument(), found, command.expected());
            };
        }
    }
}
