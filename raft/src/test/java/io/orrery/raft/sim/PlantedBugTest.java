package io.orrery.raft.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Time;
import io.orrery.raft.rules.RaftRules;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each broken rule is noticed within 500 seeds, and the seed that shows it shows it again. */
class PlantedBugTest {
    private static final long SEEDS_MAX = 500;

    private interface Shape {
        Burn start(long seed, RaftRules rules);
    }

    @Test
    void aVoteThatIsNotPersistedIsFound() {
        find("vote not persisted", BrokenRules.VoteNotPersisted::new, Burn::contested);
    }

    @Test
    void anOldTermsEntryCommittedByCountingIsFound() {
        find("old term's entry committed by counting", BrokenRules.OldTermCommittedByCounting::new, Burn::hostile);
    }

    @Test
    void anAcknowledgementBeforeTheSyncIsFound() {
        find("acknowledged before sync", BrokenRules.AcknowledgedBeforeSync::new, Burn::swarm);
    }

    @Test
    void aVoteForALogThatIsBehindIsFound() {
        find("vote for any log", BrokenRules.VoteForAnyLog::new, Burn::swarm);
    }

    @Test
    void aFollowerThatCommitsWhatWasNotShownToMatchIsFound() {
        find("follower commits unmatched", BrokenRules.FollowerCommitsUnmatched::new, Burn::swarm);
    }

    @Test
    void aSuffixCutWithoutConflictIsFound() {
        find("suffix always cut", BrokenRules.SuffixAlwaysCut::new, Burn::swarm);
    }

    private static void find(String bug, Supplier<RaftRules> rules, Shape burn) {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            String failure = run(seed, rules.get(), burn);
            if (failure != null) {
                System.out.println(bug + ": seed " + seed + ": " + failure);
                assertThat(run(seed, rules.get(), burn))
                        .as("the same seed fails in the same way")
                        .isEqualTo(failure);
                return;
            }
        }
        throw new AssertionError("not found within " + SEEDS_MAX + " seeds: " + bug);
    }

    /** What went wrong, or null. */
    private static String run(long seed, RaftRules rules, Shape burn) {
        try {
            burn.start(seed, rules).run(Time.seconds(3));
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e.getMessage();
        }
    }
}
