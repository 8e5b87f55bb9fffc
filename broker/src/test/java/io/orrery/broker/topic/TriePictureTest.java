package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriePictureTest {
    private static TopicFilter filter(String text) {
        return TopicFilter.of(text);
    }

    @Test
    void filtersWithoutWildcardsAreNotDrawn() {
        assertThat(TriePicture.draw(List.of(filter("a"), filter("b/c")))).isEmpty();
    }

    @Test
    void longLevelsDoNotTouch() {
        List<String> lines =
                TriePicture.draw(List.of(filter("site/+/temperature/#"), filter("site/+/humidity"), filter("+/lobby")));
        assertThat(lines)
                .containsExactly(
                        "        +    site",
                        "        |     |",
                        "      lobby   +",
                        "          /      \\",
                        "    humidity   temperature",
                        "                    |",
                        "                    #");
    }

    @Test
    void wideTreesAreListedByIndentation() {
        List<TopicFilter> filters = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            filters.add(TopicFilter.of("level" + i + "/+"));
        }
        List<String> lines = TriePicture.draw(filters);
        assertThat(lines).hasSize(120).startsWith(" level0", "   +", " level1");
    }

    @Test
    void listsAreCutAtTheirLimit() {
        List<TopicFilter> filters = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            filters.add(TopicFilter.of("level" + i + "/+"));
        }
        List<String> lines = TriePicture.draw(filters);
        assertThat(lines).hasSize(TriePicture.LINES_MAX + 1);
        assertThat(lines.get(TriePicture.LINES_MAX)).isEqualTo("... and 400 more");
    }
}
