package io.orrery.server.cli;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.codec.Frame;
import io.orrery.server.bench.SealBench;
import io.orrery.server.bench.SealRow;
import io.orrery.server.json.JsonWriter;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench seal}: what encryption costs a frame. */
@Command(
        name = "seal",
        mixinStandardHelpOptions = true,
        description = "Seal and open frames in one thread, beside what a frame costs without.")
final class BenchSealCommand implements Callable<Integer> {
    @ParentCommand
    private BenchCommand parent;

    @Option(
            names = "--bytes",
            split = ",",
            paramLabel = "N",
            description = "Sizes of frames, header included (default: 200,1200).")
    private List<Integer> sizes = List.of(200, 1200);

    @Option(names = "--frames", paramLabel = "N", description = "Frames of a round (default: ${DEFAULT-VALUE}).")
    private int frames = 20_000;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        boolean isWithin = frames >= 1 && frames <= 10_000_000;
        for (int size : sizes) {
            isWithin &= size > Frame.HEADER_BYTES && size <= 2048;
        }
        if (!isWithin) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "--bytes is from " + (Frame.HEADER_BYTES + 1) + " to 2048, --frames at most 10000000",
                    "a packet has at most " + Delivery.PACKET_BYTES_MAX + " bytes",
                    "orrery bench seal --help");
        }
        List<SealRow> rows = new ArrayList<>();
        for (int size : sizes) {
            rows.add(new SealBench(frames).run(size));
        }
        parent.console().print(output.isJson() ? json(rows) : text(rows));
        return ExitCode.OK;
    }

    private static String text(List<SealRow> rows) {
        Table table = new Table(
                "BYTES", "PLAIN ns", "SEAL ns", "OPEN ns", "RATIO", "DATAGRAM ns", "PLAIN DATAGRAM'S PROOFS ns");
        for (SealRow row : rows) {
            table.row(
                    Integer.toString(row.frameBytes()),
                    whole(row.plainNanos()),
                    whole(row.sealNanos()),
                    whole(row.openNanos()),
                    String.format(Locale.ROOT, "%.1f", row.ratio()),
                    whole(row.datagramNanos()),
                    whole(row.proofNanos()));
        }
        return table.text();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String json(List<SealRow> rows) {
        JsonWriter out = new JsonWriter().object().name("rows").array();
        for (SealRow row : rows) {
            out.object().field("frameBytes", row.frameBytes());
            out.field("plainNanos", Math.round(row.plainNanos()));
            out.field("sealNanos", Math.round(row.sealNanos()));
            out.field("openNanos", Math.round(row.openNanos()));
            out.field("ratioPercent", Math.round(100 * row.ratio()));
            out.field("datagramNanos", Math.round(row.datagramNanos()));
            out.field("proofNanos", Math.round(row.proofNanos())).end();
        }
        return out.end().end().toString();
    }
}
