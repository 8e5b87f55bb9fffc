package io.orrery.server.journal;

import io.orrery.kernel.journal.JournalEnd;
import io.orrery.kernel.trace.TraceHash;
import io.orrery.server.Version;
import io.orrery.server.json.JsonWriter;
import io.orrery.sim.journal.Replayed;
import io.orrery.sim.state.StateText;
import java.nio.file.Path;

/** What is told of a replayed journal. */
public final class JournalReport {
    private final Path file;
    private final JournalReplay replay;
    private final Replayed result;
    private final boolean hasState;

    /**
     * @param hasState whether the node's state is told too
     */
    public JournalReport(Path file, JournalReplay replay, boolean hasState) {
        this.file = file;
        this.replay = replay;
        this.result = replay.result();
        this.hasState = hasState;
    }

    /** What the software is called in the journals that this process writes. */
    public static String software() {
        return "orrery " + Version.text();
    }

    /** A few lines. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (hasState && replay.protocol() != null) {
            StateText state = new StateText();
            replay.protocol().describe(state);
            text.append(state);
        }
        text.append(result.isFaithful() ? "replayed " : "DIVERGED after ")
                .append(result.events())
                .append(" events of ")
                .append(replay.header().node())
                .append(", ")
                .append(seconds(result.nowNanos()))
                .append(" of its time\n");
        text.append("trace hash ").append(TraceHash.hex(result.hash()));
        text.append(", state digest ").append(TraceHash.hex(result.state()));
        text.append(", ").append(result.checkpoints()).append(" checkpoints agree\n");
        if (result.divergence() != null) {
            text.append("first difference: ").append(result.divergence()).append('\n');
            if (!replay.header().software().equals(software())) {
                text.append("the journal is of ").append(replay.header().software());
                text.append(", this is ").append(software()).append(": another program may rightly differ\n");
            }
        }
        return text.append(ending()).toString();
    }

    /** Seconds with six digits. */
    public static String seconds(long nanos) {
        String micros = Long.toString(nanos / 1_000 % 1_000_000);
        return nanos / 1_000_000_000L + "." + "0".repeat(6 - micros.length()) + micros + "s";
    }

    private String ending() {
        if (result.divergence() != null) {
            return "the replay stopped there";
        }
        if (result.isCut()) {
            return "the replay stopped where it was asked to; the journal goes on";
        }
        JournalEnd end = result.end();
        if (end == null) {
            return "the journal just stops, as that of a killed node does"
                    + (result.tornBytes() == 0
                            ? ""
                            : "; its last " + result.tornBytes()
                                    + " bytes are of a block that was not written to its end");
        }
        return switch (end.why()) {
            case STOPPED -> "the node was stopped in order";
            case HALTED -> "the node halted: " + end.text();
            case HOST_FAILED -> "the host around the node failed: " + end.text();
            default -> "the journal ends before its node did: " + end.text();
        };
    }

    /** One object. */
    public String json() {
        JsonWriter out = new JsonWriter().object();
        out.field("journal", file.toString())
                .field("node", replay.header().node().name());
        out.field("software", replay.header().software());
        out.field("faithful", result.isFaithful());
        out.field("events", result.events());
        out.field("nanos", result.nowNanos());
        out.field("records", result.records());
        out.field("traceHash", TraceHash.hex(result.hash()));
        out.field("stateDigest", TraceHash.hex(result.state()));
        out.field("checkpoints", result.checkpoints());
        out.field("tornBytes", result.tornBytes());
        String end = result.isCut()
                ? "CUT"
                : result.end() == null ? "NONE" : result.end().why().name();
        out.field("end", result.divergence() != null ? "DIVERGED" : end);
        out.field("ending", ending());
        if (result.divergence() != null) {
            out.name("divergence").object();
            out.field("event", result.divergence().event());
            out.field("nanos", result.divergence().nowNanos());
            out.field("cause", result.divergence().cause());
            out.field("what", result.divergence().what()).end();
        }
        if (hasState && replay.protocol() != null) {
            StateText state = new StateText();
            replay.protocol().describe(state);
            out.name("state").object();
            state.values().forEach(out::field);
            out.end();
        }
        return out.end().toString();
    }
}
