package io.orrery.sim.check;

/**
 * What a model that tells much knows beforehand of a history's order: for models in which no state comes back once it has
 * changed, and every certain call says in which state it happened. A state is needed if a certain call happened in it, or if a
 * needed one can come of it alone. The claims are about the whole history, from the initial state on; immutable.
 *
 * @param <S> the model's state
 */
public interface Foresight<S> {
    /** The only state in which this certain call fits. */
    S before(Call certain);

    /** The uncertain call that must be the next change of this state, since a needed state comes of that alone; else null. */
    Call onlyNext(S state);

    /**
     * Whether an uncertain call may have taken one state to the other: false only if an order with that step can do without
     * it, or leads nowhere.
     *
     * @param isLooseLeft whether a loose call has yet to happen
     */
    boolean isOfUse(S state, Call uncertain, S next, boolean isLooseLeft);

    /**
     * Whether a needed state comes of the uncertain call in states that were not foreseen. As long as one such is left,
     * calls of which no needed state comes may be of use for the state that they leave.
     */
    boolean isLoose(Call uncertain);

    /** Equal for uncertain calls that can take each other's place in every order. */
    Object kind(Call uncertain);
}
