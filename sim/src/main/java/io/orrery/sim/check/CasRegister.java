package io.orrery.sim.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A register that holds nil or a value: {@code read v}, {@code write v}, {@code cas [from to]}. A compare-and-set that
 * finds something else did not happen, and is recorded as FAIL.
 */
public final class CasRegister implements Model<Optional<Object>> {
    /** A value that no call mentions. */
    private record Other() {}

    @Override
    public Optional<Object> initial() {
        return Optional.empty();
    }

    @Override
    public Optional<Object> step(Optional<Object> state, Call call) {
        Object value = call.value();
        switch (call.f()) {
            case "read" -> {
                boolean matches = call.outcome() == Op.Type.INFO || Objects.equals(state.orElse(null), value);
                return matches ? state : null;
            }
            case "write" -> {
                return Optional.ofNullable(value);
            }
            case "cas" -> {
                List<?> pair = pair(call);
                return Objects.equals(state.orElse(null), pair.get(0)) ? Optional.ofNullable(pair.get(1)) : null;
            }
            default -> throw new IllegalArgumentException("a register has no " + call.f());
        }
    }

    @Override
    public boolean isRead(Call call) {
        return call.f().equals("read");
    }

    private static List<?> pair(Call call) {
        if (!(call.value() instanceof List<?> pair) || pair.size() != 2) {
            throw new IllegalArgumentException("the value of cas is a pair: " + call);
        }
        return pair;
    }

    /** An uncertain operation is idle if it only reads, or if nobody read or compared with what it would have set. */
    @Override
    public List<Call> withoutIdle(List<Call> calls) {
        Set<Object> seen = seen(calls);
        List<Call> kept = new ArrayList<>();
        for (Call call : calls) {
            boolean isIdle = call.outcome() == Op.Type.INFO
                    && (call.f().equals("read")
                            || !seen.contains(
                                    call.f().equals("cas") ? pair(call).get(1) : call.value()));
            if (!isIdle) {
                kept.add(call);
            }
        }
        return kept;
    }

    @Override
    public Object kind(Call uncertain) {
        return List.of(uncertain.f(), Optional.ofNullable(uncertain.value()));
    }

    @Override
    public List<Optional<Object>> statesBefore(List<Call> window) {
        List<Optional<Object>> states = new ArrayList<>();
        states.add(Optional.of(new Other()));
        seen(window).forEach(value -> states.add(Optional.ofNullable(value)));
        return states;
    }

    /** The values that some operation depends on. */
    private static Set<Object> seen(List<Call> calls) {
        Set<Object> seen = new LinkedHashSet<>();
        for (Call call : calls) {
            if (call.f().equals("cas")) {
                seen.add(pair(call).get(0));
            } else if (call.f().equals("read") && call.outcome() == Op.Type.OK) {
                seen.add(call.value());
            }
        }
        return seen;
    }
}
