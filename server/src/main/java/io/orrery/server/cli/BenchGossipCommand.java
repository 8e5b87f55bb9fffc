package io.orrery.server.cli;

import io.orrery.server.bench.gossip.GossipBench;
import io.orrery.server.bench.gossip.GossipReport;
import io.orrery.server.bench.gossip.Section;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code orrery bench gossip}: membership in the simulator, beside theory. */
@Command(
        name = "gossip",
        mixinStandardHelpOptions = true,
        description = {
            "The real membership protocol in simulated clusters of up to 10,000 nodes, beside what theory predicts:",
            "periods until a crash is detected, rounds until all know, false suspicions under loss, false deaths while",
            "members are frozen, with each of Lifeguard's mechanisms switched off in turn. All follows from the seed."
        })
final class BenchGossipCommand implements Runnable {
    private static final Set<Section> USUAL = EnumSet.range(Section.DETECTION, Section.LIFEGUARD);

    private static final int THREADS_MAX = 64;

    @ParentCommand
    private BenchCommand parent;

    @Option(names = "--seed", paramLabel = "N", description = "What all luck is drawn from; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--quick", description = "Fewer runs of each, about a minute in all.")
    private boolean isQuick;

    @Option(
            names = "--sections",
            split = ",",
            paramLabel = "NAME",
            description = "Only these: detection, dissemination, falseSuspicion, lifeguard, which are the usual;"
                    + " everywhere, falseDeaths, traffic, join, restart, hour; or all.")
    private List<String> names;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads (default: one per core), for all but what a crowd costs; figures are the same with any.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Write plots there too, as SVG files.")
    private Path plots;

    @Mixin
    private OutputOption output;

    @Override
    public void run() {
        Set<Section> sections = sections();
        if (threads < 1 || threads > THREADS_MAX) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "there cannot be " + threads + " threads",
                    "there are 1 to " + THREADS_MAX,
                    "orrery bench gossip --help");
        }
        Console console = parent.console();
        GossipReport report = new GossipBench(seed, isQuick, threads, console::say).run(sections);
        if (plots != null) {
            GossipPlots.write(report, plots);
        }
        console.print(output.isJson() ? GossipFigures.json(report, sections) : GossipFigures.text(report, sections));
    }

    private Set<Section> sections() {
        if (names == null) {
            return USUAL;
        }
        Set<Section> sections = EnumSet.noneOf(Section.class);
        for (String name : names) {
            if (name.equals("all")) {
                return EnumSet.allOf(Section.class);
            }
            sections.add(section(name));
        }
        return sections;
    }

    private static Section section(String name) {
        for (Section section : Section.values()) {
            if (section.word().equals(name)) {
                return section;
            }
        }
        String known = Arrays.stream(Section.values()).map(Section::word).collect(Collectors.joining(", "));
        throw new ProblemException(
                ExitCode.USAGE, "there is no section " + name, "there are " + known, "orrery bench gossip --help");
    }
}
