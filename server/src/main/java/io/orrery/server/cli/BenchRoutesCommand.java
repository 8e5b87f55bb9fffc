package io.orrery.server.cli;

import io.orrery.server.bench.routes.RouteApply;
import io.orrery.server.bench.routes.RouteJoin;
import io.orrery.server.bench.routes.RouteMemory;
import io.orrery.server.bench.routes.RouteShape;
import io.orrery.server.bench.routes.RouteVisibility;
import io.orrery.server.bench.routes.RoutesFigures;
import io.orrery.server.bench.routes.RoutesFigures.Apply;
import io.orrery.server.bench.routes.RoutesFigures.Join;
import io.orrery.server.bench.routes.RoutesFigures.Memory;
import io.orrery.server.bench.routes.RoutesFigures.Visibility;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench routes}: what routes cost. */
@Command(
        name = "routes",
        mixinStandardHelpOptions = true,
        description = {
            "What routes cost: heap of a peer's rows, changes applied a second, how soon a route is seen on every node of",
            "a simulated cluster, and a join of a node to one with many routes over loopback TCP.",
            "Ten million rows need ORRERY_JAVA_OPTS=-Xmx4g."
        })
final class BenchRoutesCommand implements Callable<Integer> {
    /** Of heap, for each row: an owner's, a peer's, and what is under way. */
    private static final long HEAP_BYTES_A_ROW = 300;

    private static final int ROWS_MIN = 100_000;
    private static final int ROWS_MAX = 50_000_000;

    private static final int NODES = 100;
    private static final int QUICK_ROWS = 300_000;

    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--rows", paramLabel = "N", description = "Routes of one node (default: 1000000).")
    private int rows;

    @Option(names = "--seed", paramLabel = "N", description = "Of the simulated cluster (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "Of the filters: exact, plus, wild, mixed, lone; may be given more than once (default: all).")
    private List<String> shapeNames;

    @Option(names = "--quick", description = "Fewer rows and routes: under a minute.")
    private boolean isQuick;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int count = rows != 0 ? rows : isQuick ? QUICK_ROWS : 1_000_000;
        long room = Runtime.getRuntime().maxMemory();
        if (count < ROWS_MIN || count > ROWS_MAX || count * HEAP_BYTES_A_ROW > room) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--rows " + count + ": from " + ROWS_MIN + " to " + Math.min(ROWS_MAX, room / HEAP_BYTES_A_ROW)
                            + " with the heap that there is",
                    "",
                    "ORRERY_JAVA_OPTS=-Xmx4g orrery bench routes --rows 10000000");
        }
        List<RouteShape> shapes = shapes();
        List<Memory> memory = RouteMemory.measure(shapes, count);
        say("memory");
        List<Apply> apply = RouteApply.measure(shapes, Math.min(count, 100_000), isQuick ? 200_000 : 2_000_000);
        say("apply");
        Visibility visibility = RouteVisibility.measure(seed, NODES, isQuick ? 200 : 2_000);
        say("visibility");
        Join join = new RouteJoin(Files.createTempDirectory("orrery-bench-routes"), count).run();
        RoutesFigures figures = new RoutesFigures(memory, apply, visibility, join);
        parent.console().print(output.isJson() ? json(figures) : text(figures));
        return 0;
    }

    private List<RouteShape> shapes() {
        if (shapeNames == null) {
            return List.of(RouteShape.values());
        }
        List<RouteShape> shapes = new ArrayList<>();
        for (String name : shapeNames) {
            shapes.add(shape(name));
        }
        return shapes;
    }

    private static RouteShape shape(String name) {
        for (RouteShape shape : RouteShape.values()) {
            if (shape.name().equalsIgnoreCase(name)) {
                return shape;
            }
        }
        throw new ProblemException(
                ExitCode.USAGE,
                "--shape " + name + ": exact, plus, wild, mixed or lone",
                "",
                "orrery bench routes --shape wild --shape mixed");
    }

    private void say(String what) {
        parent.console().say(what + " measured");
    }

    private static String text(RoutesFigures f) {
        Table table = new Table("FIGURE", "AIM", "MEASURED");
        for (Memory m : f.memory()) {
            String what = count(m.rows()) + " routes, " + m.shape().toLowerCase(Locale.ROOT) + ": ";
            table.row(what + "text, bytes", "", tenths(m.textBytes()));
            table.row(what + "route table with its text, bytes a row", "", tenths(m.tableBytes()));
            table.row(what + "owner log, bytes a row", "", tenths(m.logBytes()));
            table.row(what + "all beside the text, bytes a row", "at most 40", tenths(m.besideTextBytes()));
        }
        for (Apply a : f.apply()) {
            String what = a.shape().toLowerCase(Locale.ROOT);
            table.row(
                    "changes applied, " + what + ", per CPU-second of both", "at least 100,000", count(a.perSecond()));
        }
        Visibility v = f.visibility();
        String seen = v.nodes() + " nodes: a route is seen by ";
        table.row(seen + "a node, p50, ms", "", tenths(v.nodeP50Millis()));
        table.row(seen + "all, p50, ms", "", tenths(v.p50Millis()));
        table.row(seen + "all, p99, ms", "at most 100", tenths(v.p99Millis()));
        table.row(seen + "all, longest, ms", "", tenths(v.maxMillis()));
        Join j = f.join();
        table.row("join of " + count(j.rows()) + " routes over TCP, s", "", tenths(j.seconds()));
        table.row("join, routes a second", "", count(j.perSecond()));
        table.row("join, longest cycle of either node, ms", "", tenths(j.longestCycleMillis()));
        return table.text();
    }

    private static String count(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String json(RoutesFigures f) {
        JsonWriter out = new JsonWriter().object().name("memory").array();
        for (Memory m : f.memory()) {
            out.object().field("shape", m.shape().toLowerCase(Locale.ROOT)).field("rows", m.rows());
            out.field("textMillibytes", milli(m.textBytes())).field("tableMillibytes", milli(m.tableBytes()));
            out.field("logMillibytes", milli(m.logBytes()));
            out.field("besideTextMillibytes", milli(m.besideTextBytes())).end();
        }
        out.end().name("apply").array();
        for (Apply a : f.apply()) {
            out.object().field("shape", a.shape().toLowerCase(Locale.ROOT)).field("rows", a.rows());
            out.field("changes", a.changes()).field("perCpuSecond", Math.round(a.perSecond()));
            out.end();
        }
        Visibility v = f.visibility();
        out.end().name("visibility").object().field("nodes", v.nodes()).field("routes", v.routes());
        out.field("nodeP50Micros", milli(v.nodeP50Millis())).field("p50Micros", milli(v.p50Millis()));
        out.field("p99Micros", milli(v.p99Millis()))
                .field("maxMicros", milli(v.maxMillis()))
                .end();
        Join j = f.join();
        out.name("join").object().field("rows", j.rows()).field("millis", milli(j.seconds()));
        out.field("perSecond", Math.round(j.perSecond()));
        return out.field("longestCycleMicros", milli(j.longestCycleMillis()))
                .end()
                .end()
                .toString();
    }

    private static long milli(double value) {
        return Math.round(value * 1000);
    }
}
