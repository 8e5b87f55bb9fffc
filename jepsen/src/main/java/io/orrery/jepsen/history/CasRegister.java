package io.orrery.jepsen.history;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A register that holds nil or a value: {@code :read v}, {@code :write v}, {@code :cas [from to]}. A compare-and-set that
 * finds something else did not happen, and is recorded as FAIL.
 */
public final class CasRegister implements Model<Optional<Object>> {
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
                if (!(value instanceof List<?> pair) || pair.size() != 2) {
                    throw new IllegalArgumentException("the value of cas is a pair: " + call);
                }
                return Objects.equals(state.orElse(null), pair.get(0)) ? Optional.ofNullable(pair.get(1)) : null;
            }
            default -> throw new IllegalArgumentException("a register has no " + call.f());
        }
    }
}
