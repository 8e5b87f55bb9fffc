package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.sim.report.CausalCone;
import io.orrery.sim.report.Recorder;
import io.orrery.sim.report.Recording;
import io.orrery.sim.report.ReportPage;
import io.orrery.sim.report.RunFacts;
import io.orrery.sim.report.SeedWall;
import io.orrery.sim.report.Window;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.scenario.FaultProfile;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages with a real run in them: their size, and that a browser, where there is one, brings them up. */
class ReportBrowserTest {
    @TempDir
    private Path folder;

    private static RunResult run(long seed, int seconds, int rate, Recorder[] recorder) {
        Scenario calm = Scenario.calm(seed, 5, "cluster", Time.seconds(seconds)).rate(rate);
        return Runner.run(FaultProfile.drawFor(calm), new ClusterWorkload(), sim -> {
            recorder[0] = new Recorder(sim, Window.LAST);
            sim.observe(recorder[0]);
        });
    }

    @Test
    void fiftyThousandEventsFitIntoTwoMegabytes() {
        Recorder[] recorder = new Recorder[1];
        RunResult result = run(3, 24, 300, recorder);
        Recording recording = recorder[0].recording(RunFacts.of(result, ""));
        assertThat(recording.events().size()).isEqualTo(Window.EVENTS_DEFAULT);
        ReportPage page = ReportPage.of(recording, ReportFiles::part);
        assertThat(page.html().getBytes(StandardCharsets.UTF_8).length).isLessThan(ReportPage.BYTES_MAX);
        Recording read = ReportPage.recording(page.html());
        assertThat(read.events()).isEqualTo(recording.events());
        assertThat(read.changes()).isEqualTo(recording.changes());
        assertThat(page.isShortened() || read.equals(recording)).isTrue();
    }

    /** A run that is told as if it had failed in the middle. */
    private static Recording failedRecording() {
        Recorder[] recorder = new Recorder[1];
        RunResult result = run(4, 3, 50, recorder);
        RunFacts ok = RunFacts.of(result, "replay </script> \"it\"");
        return recorder[0].recording(new RunFacts(
                ok.seed(),
                ok.workload(),
                ok.scenario() + "</script><b>",
                "safety",
                "<i>claim</i>",
                "n1",
                1,
                result.events() / 2,
                ok.traceHash(),
                ok.nanos(),
                ok.events(),
                ok.replay()));
    }

    @Test
    void aBrowserShowsTheReportAndFindsTheSameCauses() throws Exception {
        Recording recording = failedRecording();
        String page =
                open("report.html", ReportPage.of(recording, ReportFiles::part).html());
        assertThat(attribute(page, "error")).isEmpty();
        assertThat(attribute(page, "ready")).isEqualTo("yes");
        assertThat(attribute(page, "lanes")).isEqualTo("5");
        assertThat(attribute(page, "events")).isEqualTo("" + recording.events().size());
        assertThat(attribute(page, "messages"))
                .isEqualTo("" + recording.messages().size());
        CausalCone cone = CausalCone.of(recording, recording.facts().failureEvent());
        assertThat(attribute(page, "cone")).isEqualTo("" + cone.size());
        assertThat(page).contains("&lt;i&gt;claim&lt;/i&gt;");
    }

    @Test
    void aBrowserScrubsFiltersSearchesAndObeysKeys() throws Exception {
        Recording recording = failedRecording();
        String script = """
                <script>
                const waiting = setInterval(() => {
                  const said = document.documentElement.dataset;
                  if (said.ready !== 'yes') {
                    return;
                  }
                  clearInterval(waiting);
                  const view = window.orrery;
                  const key = (name) => document.dispatchEvent(new KeyboardEvent('keydown', { key: name }));
                  key('f');
                  said.atFailure = view.model.events.number[view.selected];
                  key('ArrowLeft');
                  said.isSameNode = view.model.events.node[view.selected] === view.model.events.node[view.model.failureIndex];
                  key('c');
                  said.causes = view.coneMode;
                  key('l');
                  said.axis = view.isOrder ? 'events' : 'time';
                  key('l');
                  const query = document.getElementById('query');
                  query.value = 'become-leader';
                  view.search.run();
                  said.found = view.found.list.length;
                  document.querySelector('.chip').click();
                  said.shown = view.model.kinds.filter((kind) => kind.isShown).length - view.model.kinds.length;
                  document.querySelector('#gutter button').click();
                  said.hidden = [...view.hiddenNodes].join();
                  key('0');
                  const surface = document.getElementById('surface');
                  surface.setPointerCapture = () => {};
                  const box = surface.getBoundingClientRect();
                  const point = (type, x) => surface.dispatchEvent(
                      new PointerEvent(type, { clientX: box.left + x, clientY: box.top + 10, pointerId: 1 }));
                  point('pointerdown', 100);
                  point('pointermove', 200);
                  said.first = view.cursor;
                  point('pointermove', 300);
                  point('pointerup', 300);
                  said.isScrubbed = view.cursor > Number(said.first) && view.selected < 0;
                  said.rows = document.querySelectorAll('#inspector table.cluster tr').length;
                }, 20);
                </script></body>""";
        String html = ReportPage.of(recording, ReportFiles::part).html();
        String page = open("driven.html", html.replace("</body>", script));
        assertThat(attribute(page, "error")).isEmpty();
        assertThat(attribute(page, "at-failure"))
                .isEqualTo("" + recording.facts().failureEvent());
        assertThat(attribute(page, "is-same-node")).isEqualTo("true");
        assertThat(attribute(page, "causes")).isEqualTo("past");
        assertThat(attribute(page, "axis")).isEqualTo("events");
        long elections = recording.lines().stream()
                .filter(line -> line.what().equals("become-leader"))
                .map(Recording.LineRow::event)
                .distinct()
                .count();
        assertThat(attribute(page, "found")).isEqualTo("" + elections);
        assertThat(attribute(page, "shown")).isEqualTo("-1");
        assertThat(attribute(page, "hidden")).isEqualTo("0");
        assertThat(attribute(page, "is-scrubbed")).isEqualTo("true");
        assertThat(attribute(page, "rows")).isEqualTo("6");
    }

    @Test
    void aBrowserShowsTheWall() throws Exception {
        SeedWall wall = new SeedWall("./orrery replay --seed ", "./orrery report --seed ", List.of());
        for (long seed = 1; seed <= 3; seed++) {
            wall.add(run(seed, 2, 20, new Recorder[1]));
        }
        String page = open("seeds.html", wall.html(ReportFiles::part));
        assertThat(attribute(page, "error")).isEmpty();
        assertThat(attribute(page, "ready")).isEqualTo("yes");
        assertThat(attribute(page, "cells")).isEqualTo("3");
        assertThat(page).contains("./orrery replay --seed ", "./orrery report --seed ");
    }

    /** The page's elements as a browser has them once its scripts ran. */
    private String open(String name, String html) throws IOException, InterruptedException {
        String browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(program -> Stream.of("/usr/bin/", "/usr/local/bin/").map(place -> place + program))
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(browser != null, "no chromium here: the pages are not opened");
        Path file = folder.resolve(name);
        Files.writeString(file, html);
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=3000",
                        "--dump-dom",
                        file.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean isOver = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(isOver).as("the browser ends").isTrue();
        return Files.readString(out);
    }

    private static String attribute(String page, String name) {
        Matcher matcher =
                Pattern.compile("<html[^>]* data-" + name + "=\"([^\"]*)\"").matcher(page);
        return matcher.find() ? matcher.group(1) : "";
    }
}
