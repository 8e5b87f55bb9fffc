package io.orrery.server.cli;

import io.orrery.raft.log.WalDamage;
import io.orrery.raft.log.WalInspector;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code orrery wal ...}: looks at the write-ahead log of a node that is not running. */
@Command(
        name = "wal",
        mixinStandardHelpOptions = true,
        description = "Look at a node's write-ahead log, best while it does not run; nothing is changed.")
final class WalCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: inspect or verify?");
    }

    @Command(
            name = "inspect",
            mixinStandardHelpOptions = true,
            description = "Print segments, groups, hard states, and what is damaged.")
    void inspect(
            @Parameters(paramLabel = "DIR", description = "A node's data directory, or the folder of its segments.")
                    Path folder,
            @Mixin OutputOption output) {
        WalFolder files = new WalFolder(folder);
        WalInspector.Report report = WalInspector.inspect(files);
        root.console().print(output.isJson() ? json(files, report) : warning(files) + text(report));
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Exit with 1 if anything that was durable is damaged, and say where.")
    int verify(
            @Parameters(paramLabel = "DIR", description = "A node's data directory, or the folder of its segments.")
                    Path folder,
            @Mixin OutputOption output) {
        WalFolder files = new WalFolder(folder);
        WalInspector.Report report = WalInspector.inspect(files);
        if (output.isJson()) {
            root.console().print(json(files, report));
        } else {
            root.console().print(warning(files) + verdict(report));
        }
        return report.isSound() ? ExitCode.OK : ExitCode.FALSE;
    }

    private static String warning(WalFolder files) {
        return files.isInUse()
                ? "a node is running on this log: what it writes or gives away meanwhile may look torn, damaged or missing here,"
                        + " and only what is found once it is stopped counts\n\n"
                : "";
    }

    private static String text(WalInspector.Report report) {
        Table segments = new Table("SEGMENT", "BYTES", "ENDS AT", "BATCHES", "RECORDS", "VERSION", "NODE");
        for (WalInspector.Segment each : report.segments()) {
            segments.row(
                    each.file(),
                    Long.toString(each.bytes()),
                    Long.toString(each.endBytes()),
                    Long.toString(each.batches()),
                    Long.toString(each.records()),
                    each.version() == 0 ? "?" : Integer.toString(each.version()),
                    each.node());
        }
        Table groups =
                new Table("GROUP", "FIRST", "LAST", "LAST TERM", "SNAPSHOT", "TERM", "VOTE", "FORGOT", "MISSING");
        for (WalInspector.Group each : report.groups()) {
            groups.row(
                    Long.toString(each.group()),
                    Long.toString(each.first()),
                    Long.toString(each.last()),
                    Long.toString(each.lastTerm()),
                    each.snapshotIndex() + " of term " + each.snapshotTerm(),
                    Long.toString(each.hardState().term()),
                    each.hardState().vote() == null
                            ? "-"
                            : each.hardState().vote().name(),
                    each.forgetful() ? "yes" : "no",
                    each.damaged().isEmpty() ? "-" : each.damaged());
        }
        return segments.text() + "\n\n" + groups.text() + "\n\n" + verdict(report);
    }

    private static String verdict(WalInspector.Report report) {
        StringBuilder text = new StringBuilder();
        for (WalDamage damage : report.damages()) {
            text.append("damaged: ").append(damage.file()).append(':').append(damage.from());
            text.append(" to ")
                    .append(damage.to())
                    .append(": ")
                    .append(damage.reason())
                    .append('\n');
        }
        for (WalInspector.Group group : report.groups()) {
            if (group.forgetful()) {
                text.append("group ").append(group.group()).append(" may have lost votes or entries");
                text.append(group.damaged().isEmpty() ? "" : ": " + group.damaged())
                        .append('\n');
            }
        }
        if (report.refusal() != null) {
            text.append("a node does not start on it: ")
                    .append(report.refusal())
                    .append('\n');
        }
        if (!report.watermark().isEmpty()) {
            text.append("durable at least up to ")
                    .append(report.watermark())
                    .append(", as written down beside the log\n");
        }
        if (report.torn() != null) {
            text.append("a torn write, of which nobody was told, is cut at the next start: ");
            text.append(report.torn()).append('\n');
        }
        return text.append(report.isSound() ? "sound" : "damaged").toString();
    }

    private static String json(WalFolder files, WalInspector.Report report) {
        JsonWriter out =
                new JsonWriter().object().field("folder", files.folder().toString());
        out.field("inUse", files.isInUse());
        out.field("sound", report.isSound()).field("spareBytes", report.spareBytes());
        out.field("durableUpTo", report.watermark());
        out.name("segments").array();
        for (WalInspector.Segment each : report.segments()) {
            out.object().field("file", each.file()).field("bytes", each.bytes());
            out.field("endsAt", each.endBytes()).field("batches", each.batches());
            out.field("records", each.records()).field("version", each.version());
            out.field("node", each.node()).end();
        }
        out.end().name("groups").array();
        for (WalInspector.Group each : report.groups()) {
            out.object().field("group", each.group()).field("first", each.first());
            out.field("last", each.last()).field("lastTerm", each.lastTerm());
            out.field("snapshotIndex", each.snapshotIndex()).field("snapshotTerm", each.snapshotTerm());
            out.field("term", each.hardState().term());
            out.field(
                    "vote",
                    each.hardState().vote() == null
                            ? ""
                            : each.hardState().vote().name());
            out.field("forgot", each.forgetful())
                    .field("missing", each.damaged())
                    .end();
        }
        out.end().name("damages").array();
        for (WalDamage each : report.damages()) {
            out.object().field("file", each.file()).field("from", each.from());
            out.field("to", each.to()).field("reason", each.reason()).end();
        }
        out.end().field("torn", report.torn() == null ? "" : report.torn());
        return out.field("refusal", report.refusal() == null ? "" : report.refusal())
                .end()
                .toString();
    }
}
