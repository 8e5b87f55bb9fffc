package io.orrery.sim.check;

import java.util.List;

/**
 * An object as it would behave if operations happened one at a time.
 *
 * @param <S> its state: immutable, with equals and hashCode, never null
 */
public interface Model<S> {
    S initial();

    /**
     * What an operation does to a state. For an OK call the result it reported must be the right one; for an INFO call
     * nothing is known of the result.
     *
     * @return the next state, or null if the operation cannot happen in this one with this result
     * @throws IllegalArgumentException if the model knows no such operation
     */
    S step(S state, Call call);

    /**
     * Whether the operation changes no state whatever, though it may not fit all of them. Such a one happens at the first
     * place where it fits, and is tried nowhere else.
     */
    default boolean isRead(Call call) {
        return false;
    }

    /**
     * The calls without those uncertain ones of which certainly nothing was seen, so that whether they happened makes no
     * difference. Each one that stays doubles the search in the worst case.
     */
    default List<Call> withoutIdle(List<Call> calls) {
        return calls;
    }

    /** Equal for uncertain calls that do the same to every state, so that they need not be tried in every order. */
    default Object kind(Call uncertain) {
        return uncertain;
    }

    /**
     * What is known beforehand of the order of these calls, from the initial state on; null if that is not known, or if the
     * calls do not keep what it rests on.
     */
    default Foresight<S> foresight(List<Call> calls) {
        return null;
    }

    /**
     * Every state that may have stood before the first of these calls, as far as they can tell one from another; empty if
     * the model does not know. Used to find the part of a history that is wrong whatever went before.
     */
    default List<S> statesBefore(List<Call> window) {
        return List.of();
    }
}
