package io.orrery.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ViewChangesTest {
    private static final String[] WELL = {"n1 ALIVE 7.0", "n2 ALIVE 8.0"};

    @Test
    void eachChangeIsALineAndWithoutOneThereIsNone() {
        Pictures cluster = new Pictures().node("n1", WELL).node("n2", WELL);
        ClusterView first = cluster.picture();
        assertThat(ViewChanges.between(null, first))
                .hasSize(7)
                .contains("{\"atMillis\":1500,\"wallMillis\":1001500,\"kind\":\"answers\",\"node\":\"n1\",\"is\":true}")
                .endsWith("{\"atMillis\":1500,\"wallMillis\":1001500,\"kind\":\"converged\",\"is\":true}");
        assertThat(ViewChanges.between(first, cluster.at(1_900).picture())).isEmpty();

        ClusterView paused = cluster.falls("n2", "no answer", 900)
                .node("n1", "n1 ALIVE 7.0", "n2 SUSPECT 8.0 n1")
                .at(2_400)
                .picture();
        assertThat(ViewChanges.between(first, paused))
                .containsExactly(
                        "{\"atMillis\":2400,\"wallMillis\":1002400,\"kind\":\"answers\",\"node\":\"n2\",\"is\":false,\"why\":\"no answer\"}",
                        "{\"atMillis\":2400,\"wallMillis\":1002400,\"kind\":\"belief\",\"observer\":\"n1\",\"member\":\"n2\",\"was\":\"ALIVE\","
                                + "\"is\":\"SUSPECT\",\"incarnation\":\"8.0\",\"by\":[\"n1\"]}",
                        "{\"atMillis\":2400,\"wallMillis\":1002400,\"kind\":\"difference\",\"of\":\"suspect\",\"about\":\"n2\","
                                + "\"words\":\"n2 is SUSPECT 8.0 to all (by n1)\"}",
                        "{\"atMillis\":2400,\"wallMillis\":1002400,\"kind\":\"difference\",\"of\":\"silent\",\"about\":\"n2\","
                                + "\"words\":\"n2 does not say what it believes: no answer at h:n2\"}",
                        "{\"atMillis\":2400,\"wallMillis\":1002400,\"kind\":\"converged\",\"is\":false}");

        ClusterView back = cluster.node("n2", "n1 ALIVE 7.0", "n2 ALIVE 8.1")
                .node("n1", "n1 ALIVE 7.0", "n2 ALIVE 8.1")
                .at(4_000)
                .picture();
        assertThat(ViewChanges.between(paused, back))
                .contains(
                        "{\"atMillis\":4000,\"wallMillis\":1004000,\"kind\":\"agreement\",\"of\":\"suspect\",\"about\":\"n2\"}")
                .endsWith("{\"atMillis\":4000,\"wallMillis\":1004000,\"kind\":\"converged\",\"is\":true}");
    }

    @Test
    void anotherReasonForSilenceIsAChange() {
        Pictures cluster = new Pictures().node("n1", WELL).node("n2", WELL);
        ClusterView silent = cluster.falls("n2", "no answer", 900).picture();
        ClusterView stuck = cluster.falls("n2", "stuck: it says", 900).picture();
        assertThat(ViewChanges.between(silent, stuck))
                .anyMatch(line ->
                        line.contains("\"kind\":\"answers\",\"node\":\"n2\",\"is\":false,\"why\":\"stuck: it says\""));
        assertThat(ViewChanges.between(stuck, stuck)).isEmpty();
    }

    @Test
    void forgottenMemberIsNull() {
        ClusterView before =
                new Pictures().node("n1", "n1 ALIVE 7.0", "n2 DEAD 8.0").picture();
        ClusterView after = new Pictures().node("n1", "n1 ALIVE 7.0").picture();
        assertThat(ViewChanges.between(before, after))
                .containsExactly(
                        "{\"atMillis\":1500,\"wallMillis\":1001500,\"kind\":\"belief\",\"observer\":\"n1\",\"member\":\"n2\",\"was\":\"DEAD\","
                                + "\"is\":null,\"incarnation\":\"8.0\"}");
    }
}
