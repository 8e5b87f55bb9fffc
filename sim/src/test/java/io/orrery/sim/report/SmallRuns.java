package io.orrery.sim.report;

import io.orrery.sim.report.Recording.ChangeRow;
import io.orrery.sim.report.Recording.CutRow;
import io.orrery.sim.report.Recording.EventRow;
import io.orrery.sim.report.Recording.LifeRow;
import io.orrery.sim.report.Recording.LineRow;
import io.orrery.sim.report.Recording.MarkRow;
import io.orrery.sim.report.Recording.MessageRow;
import java.util.List;

/** Recordings made by hand. */
final class SmallRuns {
    /** What a scenario or a message might say to break out of its place. */
    static final String NASTY =
            "</script><script>alert('x')</script>\"'`\\ <!-- ]]> {data} /*{styles}*/ \u2028 \ud83e\ude90 &amp;";

    private SmallRuns() {}

    static RunFacts facts(String scenario) {
        return new RunFacts(
                Long.MIN_VALUE,
                "hand",
                scenario,
                "safety",
                "P1 broke " + scenario,
                "c",
                60,
                16,
                "00ff",
                70,
                17,
                "replay me");
    }

    static MessageRow message(long id, long event, long nanos, int from, int to, String body) {
        return new MessageRow(id, event, nanos, from, to, 4, 0, true, 20, body, "", 0);
    }

    static EventRow event(long number, long nanos, int node, long message) {
        return new EventRow(
                number, nanos, node, message == 0 ? "expire" : "deliver", message == 0 ? "tick" : "", message);
    }

    /**
     * Three nodes. Event 16 of c delivers message 2 of b, which b sent in 14, having heard message 1 of a, sent in 11. What a
     * does in 15 and 17 reaches nobody in time.
     */
    static Recording chain(String nasty) {
        List<EventRow> events = List.of(
                event(11, 10, 0, 0),
                event(12, 20, 2, 0),
                event(13, 30, 1, 0),
                event(14, 40, 1, 1),
                event(15, 50, 0, 0),
                event(16, 60, 2, 2),
                event(17, 70, 0, 0));
        MessageRow lost = new MessageRow(3, 15, 50, 0, 2, 4, -5, false, 99, "Ping[" + nasty + "]", "cut", 55);
        return new Recording(
                facts(nasty),
                10,
                0,
                List.of("a", "b", "c"),
                events,
                List.of(
                        message(1, 11, 10, 0, 1, "Ask[number=1]"),
                        message(2, 14, 40, 1, 2, "Answer[" + nasty + "]"),
                        lost),
                List.of(
                        new LineRow(14, 40, 1, "raft-0", "become-leader", "term=2"),
                        new LineRow(14, 40, 1, "", "yield", "to=c\nat once"),
                        new LineRow(15, 52, Recording.WORLD, "", "fault", "partition a | b,c")),
                List.of(new MarkRow(14, 1, "hand.rare")),
                List.of(new LifeRow(15, 52, 1, "crash"), new LifeRow(16, 65, 1, "boot")),
                List.of(new CutRow(15, 52, 0, 1, true), new CutRow(16, 66, 0, 1, false)),
                List.of(
                        new ChangeRow(10, 1, "raft.role", "FOLLOWER"),
                        new ChangeRow(14, 1, "raft.role", "LEADER"),
                        new ChangeRow(14, 1, "raft.term", "2"),
                        new ChangeRow(15, 1, "raft.role", null)));
    }
}
