package io.orrery.sim.check;

/**
 * A client's operation: its invocation and its completion.
 *
 * @param completion null if the history ends before it: the same as INFO
 */
public record Call(Op invocation, Op completion) {
    /** How it ended: OK, FAIL or INFO. */
    public Op.Type outcome() {
        return completion == null ? Op.Type.INFO : completion.type();
    }

    public String f() {
        return invocation.f();
    }

    /** The result of what happened, else the arguments. */
    public Object value() {
        return outcome() == Op.Type.OK ? completion.value() : invocation.value();
    }

    /** The same call, but nobody knows whether it happened. */
    public Call withoutOutcome() {
        return new Call(invocation, null);
    }

    /** Whether it certainly ended before {@code other} began. */
    public boolean isBefore(Call other) {
        return outcome() == Op.Type.OK
                && completion.index() < other.invocation().index();
    }

    @Override
    public String toString() {
        return "process " + invocation.process() + " " + f() + " " + value() + " "
                + outcome().text() + " [" + invocation.index() + ", "
                + (completion == null ? "" : completion.index()) + "]";
    }
}
