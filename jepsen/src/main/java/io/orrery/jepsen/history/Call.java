package io.orrery.jepsen.history;

import io.orrery.jepsen.edn.EdnWriter;
import java.util.Locale;

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

    @Override
    public String toString() {
        return "process " + invocation.process() + " " + f() + " " + EdnWriter.text(value()) + " "
                + outcome().name().toLowerCase(Locale.ROOT) + " [" + invocation.index() + ", "
                + (completion == null ? "" : completion.index()) + "]";
    }
}
