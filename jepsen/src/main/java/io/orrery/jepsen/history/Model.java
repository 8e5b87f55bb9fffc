package io.orrery.jepsen.history;

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
}
