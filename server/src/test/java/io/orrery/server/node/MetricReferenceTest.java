package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.server.admin.MetricsWriter;
import io.orrery.transport.aeron.AeronCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a real node, as its page shows them, beside what the documentation says. */
class MetricReferenceTest {
    private static final String BEGIN = "<!-- metrics: written by MetricReferenceTest from a node's page -->\n";
    private static final String END = "<!-- end of metrics -->";
    private static final Pattern NAME = Pattern.compile(
            "orrery_(?:boot|broker|forward|frames|gossip|host|members|mqtt|raft|registry|rows|transport)[a-z_]*");
    private static final Pattern SHORT = Pattern.compile("`(_[a-z_]+)[`{]");

    /** A family as the page has it. */
    private static final class Family {
        private final String help;
        private String type = "";
        private String label = "";
        private final List<String> values = new ArrayList<>();

        Family(String help) {
            this.help = help;
        }
    }

    @TempDir
    static Path folder;

    private static final TreeMap<String, Family> METRICS = new TreeMap<>();

    @BeforeAll
    static void readPages() throws IOException {
        try (ServerNode node = TestNodes.alone("n@x", folder.resolve("n"))) {
            read(AdminProbe.get(node, "/metrics"));
        }
        MetricsWriter aeron = new MetricsWriter();
        new AeronCounters().forEach(new SinkMetrics("orrery_transport_", aeron));
        read(aeron.toString());
    }

    private static void read(String page) {
        TreeSet<String> onPage = new TreeSet<>();
        Family family = null;
        for (String line : page.strip().lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                assertThat(onPage.add(words[2]))
                        .as("one header of %s", words[2])
                        .isTrue();
                family = METRICS.computeIfAbsent(words[2], none -> new Family(words.length > 3 ? words[3] : ""));
            } else if (line.startsWith("# TYPE ")) {
                family.type = words[3];
            } else {
                String name = line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '));
                assertThat(METRICS).as("the header of %s", name).containsKey(name);
                Matcher label = Pattern.compile("\\{([a-z]+)=\"([^\"]*)\"}").matcher(line);
                if (label.find() && !family.values.contains(label.group(2))) {
                    family.label = label.group(1);
                    family.values.add(label.group(2));
                }
            }
        }
    }

    @Test
    void everyMetricSaysInASentenceOfItsOwnWhatItCounts() {
        TreeMap<String, String> seen = new TreeMap<>();
        List<String> unclear = new ArrayList<>();
        METRICS.forEach((name, family) -> {
            List<String> ofName = Arrays.asList(name.split("_", -1));
            List<String> words = List.of(family.help.toLowerCase(Locale.ROOT).split("[^a-z0-9']+", -1));
            long own = words.stream()
                    .filter(word -> !word.isEmpty() && !ofName.contains(word))
                    .count();
            boolean isSentence = family.help.matches("[A-Z].*\\.") && !family.help.contains("See the name");
            // A node shows the metrics of one transport alone.
            String other = seen.put(family.help, name);
            boolean isTaken = other != null && !name.startsWith("orrery_transport_");
            if (own < 3 || !isSentence || isTaken) {
                unclear.add(name + ": " + family.help);
            }
            assertThat(family.type).as(name).isEqualTo(name.endsWith("_total") ? "counter" : "gauge");
        });
        assertThat(unclear).isEmpty();
        assertThat(METRICS).hasSizeGreaterThan(150);
    }

    /** Run with -Dorrery.update=true to write the list anew. */
    @Test
    void listOfMetricsIsAsNodesShowThem() throws IOException {
        Path list = docs().resolve("METRICS.md");
        String text = Files.readString(list);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        assertThat(from).as("the list's marks").isPositive().isLessThan(to);
        if (Boolean.getBoolean("orrery.update")) {
            Files.writeString(list, text.substring(0, from + BEGIN.length()) + table() + text.substring(to));
        } else {
            assertThat(text.substring(from + BEGIN.length(), to)).isEqualTo(table());
        }
    }

    @Test
    void documentationNamesNoMetricThatThereIsNot() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(docs())) {
            files = all.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
        int named = 0;
        List<String> unknown = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                Matcher name = NAME.matcher(line);
                while (name.find()) {
                    String metric = name.group();
                    boolean isBeginning = metric.endsWith("_") || line.startsWith("*", name.end());
                    named++;
                    if (METRICS.keySet().stream()
                            .noneMatch(each -> isBeginning ? each.startsWith(metric) : each.equals(metric))) {
                        unknown.add(file.getFileName() + ": " + metric);
                    }
                }
                Matcher ending = SHORT.matcher(line);
                while (line.startsWith("| `orrery_") && ending.find()) {
                    String end = ending.group(1);
                    if (METRICS.keySet().stream().noneMatch(each -> each.endsWith(end))) {
                        unknown.add(file.getFileName() + ": " + end);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(named).isGreaterThan(100);
    }

    private static Path docs() {
        return Path.of(System.getProperty("project.root", ".."), "docs");
    }

    private static String table() {
        StringBuilder out = new StringBuilder("\n| metric | type | what it is |\n|---|---|---|\n");
        METRICS.forEach((name, family) -> {
            out.append("| `").append(name).append('`');
            if (!family.label.isEmpty()) {
                out.append(" by `").append(family.label).append("`: ");
                out.append(String.join(", ", family.values));
            }
            out.append(" | ")
                    .append(family.type)
                    .append(" | ")
                    .append(family.help)
                    .append(" |\n");
        });
        return out.append('\n').toString();
    }
}
