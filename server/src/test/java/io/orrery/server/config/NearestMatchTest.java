package io.orrery.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestMatchTest {
    @Test
    void swapInsertionDeletionAndReplacementCountOneEach() {
        assertThat(NearestMatch.distance("name", "nmae", 9)).isEqualTo(1);
        assertThat(NearestMatch.distance("name", "names", 9)).isEqualTo(1);
        assertThat(NearestMatch.distance("name", "nme", 9)).isEqualTo(1);
        assertThat(NearestMatch.distance("name", "nape", 9)).isEqualTo(1);
        assertThat(NearestMatch.distance("kitten", "sitting", 9)).isEqualTo(3);
    }

    @Test
    void nearestWinsAndFarWordsDoNot() {
        List<String> words = List.of("cluster.name", "cluster.port", "node.name");
        assertThat(NearestMatch.among(words, "clutser.name")).isEqualTo("cluster.name");
        assertThat(NearestMatch.among(words, "noed.name")).isEqualTo("node.name");
        assertThat(NearestMatch.among(words, "temperature")).isEmpty();
    }
}
