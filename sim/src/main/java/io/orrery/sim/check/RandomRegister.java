package io.orrery.sim.check;

import io.orrery.kernel.Prng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Histories to test and to measure checkers with: clients at a register that exists, each operation of which takes effect at a
 * random moment between its begin and its end. One in ten ends without its client learning how.
 *
 * <p>{@code read}, {@code write v} and {@code cas [old new]} of values 0 to 2, as {@link CasRegister} judges them. One object
 * makes one history.
 */
public final class RandomRegister {
    /** An operation under way. */
    private static final class Running {
        private final long process;
        private final String f;
        private final Object argument;
        private boolean isDone;
        private boolean succeeded;
        private Object result;

        private Running(long process, String f, Object argument) {
            this.process = process;
            this.f = f;
            this.argument = argument;
        }
    }

    private final Prng prng;
    private final int clients;
    private final int operations;
    private final int liesPpm;
    private final HistoryRecorder recorder = new HistoryRecorder(() -> 0);
    private final List<Running> running = new ArrayList<>();
    private Object register;
    private long nextProcess;

    /**
     * @param clients operations under way at most
     * @param liesPpm how often a read reports a value of its own; 0 gives a history that is linearizable
     */
    public RandomRegister(Prng prng, int clients, int operations, int liesPpm) {
        this.prng = prng;
        this.clients = clients;
        this.operations = operations;
        this.liesPpm = liesPpm;
    }

    /** Runs it, once. */
    public History run() {
        int begun = 0;
        while (begun < operations || !running.isEmpty()) {
            if (begun < operations && running.size() < clients && prng.below(3) == 0) {
                begin();
                begun++;
            } else if (!running.isEmpty()) {
                Running operation = running.get(prng.below(running.size()));
                if (!operation.isDone) {
                    happen(operation);
                } else if (prng.below(2) == 0) {
                    end(operation);
                }
            }
        }
        return recorder.history();
    }

    private void begin() {
        long process = nextProcess++;
        Running operation = switch (prng.below(3)) {
            case 0 -> new Running(process, "read", null);
            case 1 -> new Running(process, "write", (long) prng.below(3));
            default -> new Running(process, "cas", Arrays.asList((long) prng.below(3), (long) prng.below(3)));
        };
        recorder.invoke(process, operation.f, operation.argument);
        running.add(operation);
    }

    private void happen(Running operation) {
        operation.isDone = true;
        operation.succeeded = true;
        operation.result = operation.argument;
        switch (operation.f) {
            case "read" -> operation.result = prng.chance(liesPpm) ? (Object) (long) prng.below(3) : register;
            case "write" -> register = operation.argument;
            default -> {
                List<?> pair = (List<?>) operation.argument;
                operation.succeeded = Objects.equals(register, pair.get(0));
                register = operation.succeeded ? pair.get(1) : register;
            }
        }
    }

    private void end(Running operation) {
        running.remove(operation);
        if (prng.below(10) == 0) {
            recorder.info(operation.process, operation.f, operation.argument, "timeout");
        } else if (operation.succeeded) {
            recorder.ok(operation.process, operation.f, operation.result);
        } else {
            recorder.fail(operation.process, operation.f, operation.argument, "precondition-failed");
        }
    }
}
