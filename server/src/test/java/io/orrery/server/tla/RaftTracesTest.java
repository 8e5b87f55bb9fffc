package io.orrery.server.tla;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.rules.RaftRules;
import io.orrery.server.rafttrace.RaftTrace;
import io.orrery.server.rafttrace.TraceLine;
import io.orrery.server.rafttrace.TraceNews;
import io.orrery.server.simulation.Mix;
import io.orrery.server.simulation.RaftWorkload;
import io.orrery.server.simulation.RunFile;
import io.orrery.server.simulation.Simulations;
import io.orrery.server.simulation.Strategy;
import io.orrery.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the replicas of simulated clusters do, held against the specification in raft/src/test/tla by TLC.
 *
 * <p>A few traces by default; {@code ./mvnw -Ptla -pl server -am test -Dtest=RaftTracesTest
 * -Dsurefire.failIfNoSpecifiedTests=false} checks 200.
 */
class RaftTracesTest {
    private static final int FIRST = Integer.getInteger("tla.first", 1);
    private static final int TRACES = Integer.getInteger("tla.traces", 5);
    /** A run of TLC takes traces until it has so many lines: its parser needs the memory. */
    private static final int BATCH_LINES = 8_000;

    private static final int LINES_MAX = Integer.getInteger("tla.lines", 1_000);

    @TempDir
    private Path folder;

    private static RunFile run(long seed) {
        return new RunFile(
                Simulations.burn(RaftWorkload.NAME, new Mix(5, 3, 20), Strategy.SWARM.faults())
                        .scenario(seed),
                null);
    }

    @Test
    void whatReplicasDoIsWhatTheSpecificationAllows() throws IOException {
        long lines = 0;
        long forgetful = 0;
        long began = System.nanoTime();
        for (int seed = FIRST; seed < FIRST + TRACES; ) {
            List<List<TraceLine>> batch = new ArrayList<>();
            List<Scenario> scenarios = new ArrayList<>();
            TreeSet<NodeId> nodes = new TreeSet<>();
            Path here = Files.createDirectory(folder.resolve("from" + seed));
            for (int size = 0; seed < FIRST + TRACES && size < BATCH_LINES; seed++) {
                RunFile run = run(seed);
                RaftTrace trace = RaftTrace.of(run, LINES_MAX);
                assertThat(trace.result().failure())
                        .as(run.scenario().toString())
                        .isNull();
                forgetful += trace.forgetful() == null ? 0 : 1;
                scenarios.add(run.scenario());
                batch.add(TraceNews.of(trace.lines()));
                nodes.addAll(trace.nodes());
                size += batch.get(batch.size() - 1).size();
            }
            List<TraceCheck.Verdict> verdicts = TraceCheck.of(here, batch, nodes);
            for (int i = 0; i < verdicts.size(); i++) {
                lines += batch.get(i).size();
                assertThat(verdicts.get(i).isAccepted())
                        .as("%s\n%s", verdicts.get(i), scenarios.get(i))
                        .isTrue();
            }
        }
        System.out.println(TRACES + " traces of " + lines + " steps are what the specification allows, " + forgetful
                + " of them up to where a disk was wiped or damaged, in "
                + (System.nanoTime() - began) / Time.millis(1) + " ms");
    }

    /** Traces of runs of broken rules: at least one of them must be refused, for one of the reasons. */
    private void assertRefused(RaftRules rules, int seeds, String why) throws IOException {
        List<List<TraceLine>> traces = new ArrayList<>();
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (int seed = 1; seed <= seeds; seed++) {
            RaftTrace trace = RaftTrace.of(run(seed), new RaftWorkload(rules), LINES_MAX);
            traces.add(TraceNews.of(trace.lines()));
            nodes.addAll(trace.nodes());
        }
        Path here = Files.createTempDirectory(folder, "planted");

        assertThat(TraceCheck.of(here, traces, nodes))
                .anySatisfy(verdict -> assertThat(verdict.why()).contains(why));
    }

    @Test
    void aReplicaThatAcknowledgesBeforeTheSyncIsRefused() throws IOException {
        assertRefused(
                new RaftRules() {
                    @Override
                    public long acknowledgeable(long lastIndex, long durableIndex) {
                        return lastIndex;
                    }
                },
                1,
                "what is acknowledged is durable");
    }

    @Test
    @EnabledIfSystemProperty(named = "tla.models", matches = "true")
    void aReplicaThatTellsAVoteThatItsDiskDoesNotKeepIsRefused() throws IOException {
        assertRefused(
                new RaftRules() {
                    @Override
                    public boolean persistsVotes() {
                        return false;
                    }
                },
                1,
                "durable");
    }
}
