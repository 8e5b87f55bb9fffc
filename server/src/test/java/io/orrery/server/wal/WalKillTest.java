package io.orrery.server.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Prng;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log on real files, written by a process that is killed at a random moment, again and again: what it finds at its next
 * start is as it was after some change, none before the last that it knew to be durable. {@code -Dwal.kills=500} kills more.
 * A kill takes no power: what was written and not synced is in the system's memory still.
 */
class WalKillTest {
    private static final int KILLS = Integer.getInteger("wal.kills", 6);

    @TempDir
    Path folder;

    /** The groups' logs after each change, as texts of {@link WalVictim#text}. */
    private static final class Model {
        private final TreeMap<Long, TreeMap<Long, Long>> entries = new TreeMap<>();
        private final TreeMap<Long, long[]> marks = new TreeMap<>();
        private final TreeMap<Long, Long> hardTerms = new TreeMap<>();
        private final TreeMap<Long, TreeMap<Long, Long>> terms = new TreeMap<>();

        private Model() {
            for (long group = 1; group <= WalVictim.GROUPS; group++) {
                entries.put(group, new TreeMap<>());
                terms.put(group, new TreeMap<>());
                marks.put(group, new long[2]);
                hardTerms.put(group, 0L);
            }
        }

        private void apply(String[] change) {
            long group = Long.parseLong(change[1]);
            long number = Long.parseLong(change[2]);
            switch (change[0]) {
                case "append" -> {
                    long term = Long.parseLong(change[3]);
                    entries.get(group)
                            .put(
                                    number,
                                    WalVictim.entry(number, term, Integer.parseInt(change[4]))
                                            .digest());
                    terms.get(group).put(number, term);
                }
                case "truncate" -> {
                    entries.get(group).tailMap(number, true).clear();
                    terms.get(group).tailMap(number, true).clear();
                }
                case "compact" -> {
                    marks.put(group, new long[] {number, terms.get(group).get(number)});
                    entries.get(group).headMap(number, true).clear();
                    terms.get(group).headMap(number, true).clear();
                }
                default -> hardTerms.put(group, number);
            }
        }

        private String text() {
            StringBuilder text = new StringBuilder();
            for (long group = 1; group <= WalVictim.GROUPS; group++) {
                long digest = 0;
                for (long each : entries.get(group).values()) {
                    digest = Prng.mix(digest ^ each);
                }
                long[] mark = marks.get(group);
                long last = entries.get(group).isEmpty()
                        ? mark[0]
                        : entries.get(group).lastKey();
                text.append(hardTerms.get(group)).append(' ').append(mark[0]).append(' ');
                text.append(mark[1])
                        .append(' ')
                        .append(last)
                        .append(' ')
                        .append(digest)
                        .append('\n');
            }
            return text.toString();
        }
    }

    @Test
    void nothingDurableIsLostAndNothingElseIsFoundHoweverOftenTheProcessIsKilled() throws Exception {
        Prng prng = new Prng(Long.getLong("wal.seed", 1));
        Model model = new Model();
        List<String[]> changes = new ArrayList<>();
        long durable = 0;
        long written = 0;
        long lost = 0;
        for (int life = 0; life <= KILLS; life++) {
            Process process = start(life);
            try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
                String found = readState(lines);
                int survived = survived(model, changes, durable, found, "life " + life);
                lost += changes.size() - survived;
                written += survived;
                changes.clear();
                durable = readChanges(lines, changes, process, prng);
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
        System.out.println(KILLS + " kills, " + written + " changes found, " + lost + " not durable and lost");
        assertThat(written).as("changes that lived on").isGreaterThan(20L * KILLS);
    }

    private Process start(int life) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WalVictim.class.getName(),
                        folder.toString(),
                        Integer.toString(life))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String readState(BufferedReader lines) throws IOException {
        StringBuilder found = new StringBuilder();
        for (String line = lines.readLine(); ; line = lines.readLine()) {
            assertThat(line).as("the process comes up").isNotNull();
            if (line.startsWith("ready")) {
                assertThat(line).as("nothing is damaged").isEqualTo("ready 0");
                return found.toString();
            }
            found.append(line.split(" ", 3)[2]).append('\n');
        }
    }

    /** Kills the process after some lines, and reads what else it had said; how many changes it knew to be durable. */
    private static long readChanges(BufferedReader lines, List<String[]> changes, Process process, Prng prng)
            throws IOException {
        long durable = 0;
        int left = 50 + prng.below(prng.chance(300_000) ? 20_000 : 1_500);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            boolean isWhole = words.length == (words[0].equals("append") ? 5 : 3) || words[0].equals("durable");
            if (words[0].equals("durable") && words.length == 2 && !words[1].isEmpty()) {
                durable = Math.max(durable, Long.parseLong(words[1]));
            } else if (isWhole && words.length > 2) {
                changes.add(words);
            }
            if (--left == 0) {
                // The process's own method would close its output, too.
                process.toHandle().destroyForcibly();
            }
        }
        return durable;
    }

    /** After how many of the changes the log is as it was found. */
    private static int survived(Model model, List<String[]> changes, long durable, String found, String where) {
        int applied = 0;
        for (; applied < durable; applied++) {
            model.apply(changes.get(applied));
        }
        while (!model.text().equals(found)) {
            assertThat(applied)
                    .as(where + ": the log is as it was after a change from " + durable + " to " + changes.size()
                            + ", found " + found)
                    .isLessThan(changes.size());
            model.apply(changes.get(applied++));
        }
        return applied;
    }
}
