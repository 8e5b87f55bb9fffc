package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.rules.GossipRules;
import io.orrery.kernel.Time;
import io.orrery.raft.rules.RaftRules;
import io.orrery.sim.run.Burn;
import io.orrery.sim.run.RunResult;
import io.orrery.sim.run.Runner;
import io.orrery.sim.run.Workload;
import io.orrery.sim.scenario.Scenario;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Bugs that real systems had, planted one at a time: the simulated cluster must notice each within 500 seeds, and the
 * scenario that it prints must show it again. A checker that cannot see these sees nothing.
 *
 * <p>To watch one: {@code ./mvnw -pl server -am test -Dtest=PlantedBugsTest -Dsurefire.failIfNoSpecifiedTests=false}
 * prints the seed and the scenario of each.
 */
class PlantedBugsTest {
    private static final int SEEDS_MAX = 500;

    @Test
    void aVoteThatIsNotPersistedIsFound() {
        find(
                "raft",
                () -> new RaftWorkload(new RaftRules() {
                    @Override
                    public boolean persistsVotes() {
                        return false;
                    }
                }));
    }

    @Test
    void anEntryOfAnOldTermCommittedByCountingIsFound() {
        find(
                "raft",
                () -> new RaftWorkload(new RaftRules() {
                    @Override
                    public boolean commitsByCounting(long entryTerm, long currentTerm) {
                        return true;
                    }
                }));
    }

    @Test
    void anAcknowledgementBeforeTheSyncIsFound() {
        find(
                "raft",
                () -> new RaftWorkload(new RaftRules() {
                    @Override
                    public long acknowledgeable(long lastIndex, long durableIndex) {
                        return lastIndex;
                    }
                }));
    }

    @Test
    void aDeadMemberResurrectedAtAnEqualIncarnationIsFound() {
        find(
                "cluster",
                () -> new ClusterWorkload(
                        new GossipRules() {
                            @Override
                            public boolean overrides(
                                    MemberState held,
                                    Incarnation heldIncarnation,
                                    MemberState claimed,
                                    Incarnation claimedIncarnation) {
                                boolean rises = held == MemberState.DEAD
                                        && claimed == MemberState.ALIVE
                                        && claimedIncarnation.equals(heldIncarnation);
                                return rises || super.overrides(held, heldIncarnation, claimed, claimedIncarnation);
                            }
                        },
                        RaftRules.PAPER));
    }

    @Test
    void routesOfADeadIncarnationThatAreKeptAreFound() {
        find(
                "cluster",
                () -> new ClusterWorkload(
                        new GossipRules() {
                            @Override
                            public boolean dropsRows(Member owner, long generation) {
                                return false;
                            }
                        },
                        RaftRules.PAPER));
    }

    @Test
    void theSameSeedsPassWithoutABug() {
        Burn burn = burn("cluster", ClusterWorkload::new);
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(burn.run(seed).failure()).as("seed %d", seed).isNull();
        }
    }

    private static void find(String workload, Supplier<Workload> planted) {
        Burn burn = burn(workload, planted);
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            RunResult result = burn.run(seed);
            if (!result.isOk()) {
                System.out.println("found: " + result.failure() + "\n" + result.scenario());
                assertThatItsTextShowsItAgain(result, planted.get());
                return;
            }
        }
        throw new AssertionError("not found in " + SEEDS_MAX + " seeds: a blind spot of the workload or its checkers");
    }

    private static void assertThatItsTextShowsItAgain(RunResult found, Workload planted) {
        RunResult again = Runner.run(Scenario.parse(found.scenario().toString()), planted);
        assertThat(again.failure()).isEqualTo(found.failure());
        assertThat(again.traceHash()).isEqualTo(found.traceHash());
    }

    private static Burn burn(String workload, Supplier<Workload> maker) {
        return new Burn(Scenario.calm(0, 5, workload, Time.seconds(15)), maker);
    }
}
