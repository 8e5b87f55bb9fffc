package io.orrery.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConvergenceTest {
    @Test
    void nodesThatBelieveTheSameHaveConverged() {
        Pictures cluster =
                new Pictures().node("n1", "n1 ALIVE 7.0", "n2 ALIVE 8.1").node("n2", "n1 ALIVE 7.0", "n2 ALIVE 8.1");
        assertThat(cluster.differences()).isEmpty();
    }

    @Test
    void suspectToSomeIsADifferenceWithItsAccusersAndSuspectToAllIsNotSettled() {
        Pictures cluster = new Pictures()
                .node("n1", "n1 ALIVE 7.0", "n2 SUSPECT 8.1 n3,n1", "n3 ALIVE 9.0")
                .node("n2", "n1 ALIVE 7.0", "n2 ALIVE 8.1", "n3 ALIVE 9.0")
                .node("n3", "n1 ALIVE 7.0", "n2 SUSPECT 8.1 n3", "n3 ALIVE 9.0");
        assertThat(cluster.differences())
                .containsExactly("member: n2 is SUSPECT 8.1 to n1, n3; ALIVE 8.1 to n2 (by n3, n1)");
        cluster.falls("n2", "no answer", 3_000);
        assertThat(cluster.differences())
                .containsExactly(
                        "suspect: n2 is SUSPECT 8.1 to all (by n3, n1)",
                        "silent: n2 does not say what it believes: no answer at h:n2");
    }

    @Test
    void whoseAdminInterfaceListensOnLoopbackIsToldWhatToDo() {
        Pictures cluster = new Pictures()
                .node("n1", "n1 ALIVE 7.0", "n2 ALIVE 8.1")
                .node("n2", "n1 ALIVE 7.0", "n2 ALIVE 8.1")
                .falls("n2", Observed.ANOTHER + "n1", 0);
        assertThat(cluster.differences())
                .containsExactly(
                        "silent: n2 does not say what it believes: another node is there, n1 at h:n2: start each"
                                + " node with an admin.host that this one reaches");
    }

    @Test
    void deadNodeNeedNotAnswerAndWhoForgotItAgreesWithWhoHoldsItDead() {
        Pictures cluster = new Pictures()
                .node("n1", "n1 ALIVE 7.0", "n2 DEAD 8.1", "n3 ALIVE 9.0")
                .falls("n2", "unreachable", 60_000)
                .node("n3", "n1 ALIVE 7.0", "n3 ALIVE 9.0");
        assertThat(cluster.differences()).isEmpty();
    }

    @Test
    void nodeThatHasLeftAndGoesOnAloneDoesNotCount() {
        Pictures cluster = new Pictures()
                .node("n1", "n1 ALIVE 7.0", "n2 LEFT 8.2")
                .node("n2", "n2", 1, Pictures.rows(), "n2 ALIVE 9.0");
        assertThat(cluster.differences()).isEmpty();
    }

    @Test
    void earlierLifeAndAnotherLeaderAndAnotherIndexAreDifferences() {
        Pictures cluster = new Pictures()
                .node("n1", "n1", 6, Pictures.rows(), "n1 ALIVE 7.0", "n2 ALIVE 8.1")
                .node("n2", "", 5, Pictures.rows(), "n1 ALIVE 7.0", "n2 ALIVE 9.0");
        assertThat(cluster.differences())
                .containsExactly(
                        "member: n2 is ALIVE 8.1 to n1; ALIVE 9.0 to n2",
                        "leader: the leader of group 0 is n1 to n1; unknown to n2",
                        "applied: group 0 is applied up to 5 to n2; 6 to n1");
    }

    @Test
    void registryIsTheSameWhenItHoldsTheSameAndHasSeenTheSame() {
        Pictures cluster = new Pictures()
                .registry(new RegistryDigest("settings", true, "s1", "h1", 2))
                .node("n1", "n1 ALIVE 7.0")
                .node("n2", "n1 ALIVE 7.0");
        assertThat(cluster.differences()).isEmpty();
        cluster.registry(new RegistryDigest("settings", true, "s2", "h2", 1)).node("n3", "n1 ALIVE 7.0");
        assertThat(cluster.differences())
                .containsExactly("registry: settings of the registry: 2 entries h1 to n1, n2; 1 entry h2 to n3");
        cluster.registry(new RegistryDigest("settings", true, "s2", "h1", 2)).node("n3", "n1 ALIVE 7.0");
        assertThat(cluster.differences())
                .containsExactly("registry: settings of the registry are equal, what was seen of them is"
                        + " the writes s1 to n1, n2; the writes s2 to n3");
        cluster.registry(new RegistryDigest("settings", false, "s1", "h1", 2)).node("n3", "n1 ALIVE 7.0");
        assertThat(cluster.differences())
                .containsExactly("registry: settings of the registry: 2 entries h1 to n1, n2;"
                        + " 2 entries h1, more under way to n3");
    }

    @Test
    void rowsThatAPeerLacksAreNamedWithHowFarItIs() {
        OwnedRows own = new OwnedRows("n1", true, 7, 9, 3, "ff");
        OwnedRows behind = new OwnedRows("n1", true, 7, 4, 2, "aa");
        OwnedRows damaged = new OwnedRows("n1", true, 7, 9, 3, "fe");
        String[] members = {"n1 ALIVE 7.0", "n2 ALIVE 8.0", "n3 ALIVE 9.0", "n4 ALIVE 9.0"};
        Pictures cluster = new Pictures()
                .node("n1", "n1", 5, Pictures.rows(own), members)
                .node("n2", "n1", 5, Pictures.rows(behind), members)
                .node("n3", "n1", 5, Pictures.rows(), members)
                .node("n4", "n1", 5, Pictures.rows(damaged), members);
        assertThat(cluster.differences())
                .containsExactly(
                        "rows: n1 has 3 rows up to operation 9; n3 has none; n4 has others up to the same: hash fe,"
                                + " not ff; n2 has those up to 4");
        cluster.node("n2", "n1", 5, Pictures.rows(own), members)
                .node("n3", "n1", 5, Pictures.rows(own), members)
                .node("n4", "n1", 5, Pictures.rows(own), members);
        assertThat(cluster.differences()).isEmpty();
    }

    @Test
    void quorumIsALeaderThatAMajorityOfTheVotersFollowsItselfIncluded() {
        String[] members = {"n1 ALIVE 7.0", "n2 ALIVE 8.0", "n3 ALIVE 9.0"};
        Pictures cluster = new Pictures()
                .voters("n1", "n2", "n3")
                .node("n1", "n1", 5, Pictures.rows(), members)
                .node("n2", "n1", 5, Pictures.rows(), members)
                .falls("n3", "no answer", 5_000);
        assertThat(Convergence.whyNoQuorum(cluster.picture())).isEmpty();
        cluster.falls("n2", "no answer", 1_000);
        assertThat(Convergence.whyNoQuorum(cluster.picture()))
                .isEqualTo("of the voters n1, n2, n3 1 answer; the leader is n1 to n1");
        cluster.node("n2", "n3", 5, Pictures.rows(), members).node("n1", "n3", 5, Pictures.rows(), members);
        assertThat(Convergence.whyNoQuorum(cluster.picture()))
                .as("a leader that does not answer has perhaps been deposed")
                .isEqualTo("of the voters n1, n2, n3 2 answer; the leader is n3 to n1, n2");
    }

    @Test
    void clusterOfWhichNobodyAnswersHasNotConverged() {
        assertThat(new Pictures().falls("n1", "no answer", 1).differences()).containsExactly("silent: no node answers");
    }
}
