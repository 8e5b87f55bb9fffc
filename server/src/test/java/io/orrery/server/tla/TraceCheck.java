package io.orrery.server.tla;

import io.orrery.kernel.NodeId;
import io.orrery.server.rafttrace.TraceLine;
import io.orrery.server.rafttrace.TraceModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds traces against the specification, all in one run of TLC. */
final class TraceCheck {
    private static final Pattern ACCEPTED = Pattern.compile("<<\"accepted\", (\\d+), \\d+>>");
    private static final Pattern REFUSED = Pattern.compile("<<\"(?:refused|differs)\", (\\d+), (\\d+), (.*)>>");

    private TraceCheck() {}

    /**
     * How a trace fared.
     *
     * @param refused the first line that is no step of the specification; null if all are
     * @param why it is none, in the specification's words
     */
    record Verdict(TraceLine refused, String why) {
        boolean isAccepted() {
            return refused == null;
        }

        @Override
        public String toString() {
            return isAccepted()
                    ? "accepted"
                    : "line " + refused.number() + ", event " + refused.event() + ", node " + refused.node() + ", "
                            + refused.step().word() + ": " + why;
        }
    }

    /** A verdict on each of the traces, which are without what {@link io.orrery.server.rafttrace.TraceNews} leaves out. */
    static List<Verdict> of(Path folder, List<List<TraceLine>> traces, TreeSet<NodeId> nodes) {
        String module = TraceModule.ofNews(traces, nodes);
        Tlc.Output output = Tlc.run(folder, Map.of("Traces.tla", module), "TraceRaft", "TraceRaft.cfg", true);
        Verdict[] verdicts = new Verdict[traces.size()];
        for (String line : output.lines()) {
            Matcher accepted = ACCEPTED.matcher(line);
            Matcher refused = REFUSED.matcher(line);
            if (accepted.matches()) {
                verdicts[Integer.parseInt(accepted.group(1)) - 1] = new Verdict(null, "");
            } else if (refused.matches()) {
                int trace = Integer.parseInt(refused.group(1)) - 1;
                TraceLine at = traces.get(trace).get(Integer.parseInt(refused.group(2)) - 1);
                if (verdicts[trace] == null) {
                    verdicts[trace] = new Verdict(at, refused.group(3));
                }
            }
        }
        List<Verdict> all = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict == null) {
                throw new AssertionError("no verdict on a trace: " + output);
            }
            all.add(verdict);
        }
        if (!output.says("No error has been found")) {
            throw new AssertionError("a property does not hold: " + output);
        }
        return all;
    }
}
