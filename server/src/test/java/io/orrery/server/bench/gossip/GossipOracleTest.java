package io.orrery.server.bench.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.kernel.Prng;
import io.orrery.server.bench.gossip.LifeguardRow.Freeze;
import org.junit.jupiter.api.Test;

/** Membership in small simulated clusters does what theory says of it. */
class GossipOracleTest {
    private static final long SEED = 1;

    @Test
    void theoryOfRandomProbesApproachesThePapersConstant() {
        assertThat(ProbeTheory.randomMean(10)).isCloseTo(1.5301, within(1e-4));
        assertThat(ProbeTheory.randomMean(10_000)).isCloseTo(Math.E / (Math.E - 1), within(1e-4));
    }

    @Test
    void theoryOfRoundRobinDiffersInSmallClustersOnly() {
        assertThat(ProbeTheory.roundRobinMean(10)).isCloseTo(1.488, within(1e-3));
        assertThat(ProbeTheory.roundRobinMean(1000)).isCloseTo(ProbeTheory.randomMean(1000), within(1e-3));
        assertThat(ProbeTheory.roundRobinPercentile(99, 10)).isEqualTo(4);
        assertThat(ProbeTheory.roundRobinPercentile(99, 1000)).isEqualTo(5);
    }

    @Test
    void twoNodesDetectEachOtherInTheFirstPeriod() {
        assertThat(ProbeTheory.roundRobinMean(2)).isEqualTo(1.0);
        assertThat(new Detection(SEED).run(2, 20, 1).meanPeriods()).isEqualTo(1.0);
    }

    @Test
    void crashesAreDetectedAsSoonAsTheorySays() {
        assertThat(new Detection(SEED).run(10, 300, 1)).matches(DetectionRow::isAsPredicted);
        assertThat(new Detection(SEED).run(100, 100, 1)).matches(DetectionRow::isAsPredicted);
    }

    @Test
    void probesOfTheHealthyFailAsOftenAsTheorySays() {
        for (int lossPpm : new int[] {10_000, 100_000, 500_000}) {
            for (int relays : new int[] {0, 1, 3}) {
                assertThat(new FalseSuspicion(SEED).run(lossPpm, relays, 3_000))
                        .matches(FalseSuspicionRow::isAsPredicted);
            }
        }
    }

    @Test
    void rumoursSpreadAsASynchronousEpidemicDoes() {
        for (int lossPpm : new int[] {0, 250_000, 500_000}) {
            assertThat(new Dissemination(SEED).run(10, lossPpm, 100)).matches(DisseminationRow::isAsPredicted);
        }
        assertThat(new Dissemination(SEED).run(100, 100_000, 20)).matches(DisseminationRow::isAsPredicted);
    }

    @Test
    void theEpidemicReachesWhomTheTableOfTheReportSays() {
        Prng luck = new Prng(SEED);
        Sample rounds = new Sample();
        for (int i = 0; i < 2_000; i++) {
            Epidemic.End end = new Epidemic(100, 3, 4, 500_000, luck).run();
            if (end.reached() == 100) {
                rounds.add(end.rounds());
            }
        }
        assertThat(rounds.mean()).isCloseTo(9.41, within(3 * rounds.sigma()));
        assertThat(rounds.size() / 2_000.0).isCloseTo(0.7927, within(0.03));
        assertThat(rounds.percentile(99)).isBetween(12.0, 14.0);
    }

    @Test
    void frozenMembersCostNoHealthyOneItsLifeUnlessLifeguardIsOff() {
        LifeguardGrid grid = new LifeguardGrid(SEED);
        assertThat(grid.run(Variant.ALL, Freeze.BLOCKED, 4, 16_384, 24).falseDeaths())
                .isZero();
        assertThat(grid.run(Variant.SWIM, Freeze.BLOCKED, 4, 16_384, 24).falseDeaths())
                .isGreaterThan(50);
    }

    @Test
    void lossKillsNobodyUnlessSuspicionsAreOfPlainSwim() {
        FalseDeaths falseDeaths = new FalseDeaths(SEED);
        FalseDeathsRow ours = falseDeaths.run(FalseDeaths.Trouble.LOSS_25, Variant.ALL, 20, 60);
        FalseDeathsRow swim = falseDeaths.run(FalseDeaths.Trouble.LOSS_25, Variant.SWIM, 20, 60);
        assertThat(ours.declared()).isZero();
        assertThat(swim.failedProbes()).isPositive();
        assertThat(swim.suspicions()).isGreaterThan(10 * ours.suspicions());
    }

    @Test
    void clusterThatRestartsAsAWholeIsWholeAgainWithinSeconds() {
        CrowdRow row = new MassRestart(SEED).run(60);
        assertThat(row.outcome()).isEqualTo("each knows all");
        assertThat(row.simulatedMillis()).isBetween(1L, 30_000L);
    }

    @Test
    void aLostRelayShowsInTheRateOfFalseSuspicions() {
        FalseSuspicionRow one = new FalseSuspicion(SEED).run(100_000, 1, 3_000);
        double otherTheory = ProbeTheory.falseSuspicion(0.1, 2);
        assertThat(Math.abs(one.rate() - otherTheory)).isGreaterThan(3 * one.sigma());
    }
}
