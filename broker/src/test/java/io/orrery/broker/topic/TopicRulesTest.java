package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** MQTT 5.0 section 4.7, a test for each statement; the numbers are those of both versions unless said otherwise. */
class TopicRulesTest {
    private static boolean matches(String filter, String topic) {
        TopicIndex index = new TopicIndex();
        index.add(TopicFilter.of(filter), 1);
        IntCollector hits = new IntCollector();
        index.match(topic, hits);
        boolean alone = TopicFilter.of(filter).matches(TopicName.of(topic));
        assertThat(hits.size() == 1)
                .as("index and filter agree on %s, %s", filter, topic)
                .isEqualTo(alone);
        return alone;
    }

    @Test
    void multiLevelWildcardMatchesItsParentLevel() { // 4.7.1.2
        assertThat(matches("sport/tennis/player1/#", "sport/tennis/player1")).isTrue();
        assertThat(matches("sport/tennis/player1/#", "sport/tennis/player1/ranking"))
                .isTrue();
        assertThat(matches("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon"))
                .isTrue();
        assertThat(matches("a/#", "a")).isTrue();
        assertThat(matches("a/#", "ab")).isFalse();
        assertThat(matches("+/#", "a")).isTrue();
    }

    @Test
    void multiLevelWildcardStandsAloneOrAfterASeparatorAtTheEnd() { // 4.7.1-1
        assertThat(TopicFilter.fault("#")).isNull();
        assertThat(TopicFilter.fault("sport/#")).isNull();
        assertThat(TopicFilter.fault("sport/tennis#")).contains("whole level");
        assertThat(TopicFilter.fault("sport/tennis/#/ranking")).contains("last level");
        assertThat(TopicFilter.fault("#/a")).contains("last level");
        assertThat(TopicFilter.fault("##")).contains("whole level");
    }

    @Test
    void singleLevelWildcardTakesAWholeLevel() { // 4.7.1-2, 3.1.1: 4.7.1-3
        assertThat(TopicFilter.fault("+")).isNull();
        assertThat(TopicFilter.fault("+/tennis/#")).isNull();
        assertThat(TopicFilter.fault("sport/+/player1")).isNull();
        assertThat(TopicFilter.fault("sport+")).contains("whole level");
        assertThat(TopicFilter.fault("+sport")).contains("whole level");
        assertThat(TopicFilter.fault("a/++/b")).contains("whole level");
    }

    @Test
    void singleLevelWildcardMatchesOneLevelEvenAnEmptyOne() {
        assertThat(matches("sport/tennis/+", "sport/tennis/player1")).isTrue();
        assertThat(matches("sport/tennis/+", "sport/tennis/player1/ranking")).isFalse();
        assertThat(matches("sport/+", "sport")).isFalse();
        assertThat(matches("sport/+", "sport/")).isTrue();
        assertThat(matches("+/+", "/finance")).isTrue();
        assertThat(matches("/+", "/finance")).isTrue();
        assertThat(matches("+", "/finance")).isFalse();
    }

    @Test
    void leadingWildcardsDoNotMatchTopicsOfTheServer() { // 4.7.2-1
        assertThat(matches("#", "$SYS/monitor/Clients")).isFalse();
        assertThat(matches("+/monitor/Clients", "$SYS/monitor/Clients")).isFalse();
        assertThat(matches("$SYS/#", "$SYS/monitor/Clients")).isTrue();
        assertThat(matches("$SYS/monitor/+", "$SYS/monitor/Clients")).isTrue();
        assertThat(matches("#", "a/$SYS")).isTrue();
        assertThat(matches("a/+", "a/$SYS")).isTrue();
    }

    @Test
    void topicsHaveAtLeastOneCharacter() { // 4.7.3-1
        assertThat(TopicName.fault("")).contains("at least one character");
        assertThat(TopicFilter.fault("")).contains("at least one character");
        assertThat(TopicName.fault("/")).isNull();
        assertThat(TopicName.fault(" ")).isNull();
    }

    @Test
    void topicsDoNotHoldTheNullCharacter() { // 4.7.3-2
        assertThat(TopicName.fault("a\u0000b")).contains("U+0000");
        assertThat(TopicFilter.fault("a/\u0000")).contains("U+0000");
    }

    @Test
    void topicsHaveAtMost65535BytesOfUtf8() { // 4.7.3-3
        assertThat(TopicName.fault("x".repeat(65_535))).isNull();
        assertThat(TopicName.fault("x".repeat(65_536))).contains("65535 bytes");
        assertThat(TopicFilter.fault("\u20ac".repeat(21_845))).isNull();
        assertThat(TopicFilter.fault("\u20ac".repeat(21_846))).contains("65535 bytes");
    }

    @Test
    void topicsAreComparedCharacterByCharacter() { // 4.7.3-4
        assertThat(matches("ACCOUNTS", "Accounts")).isFalse();
        assertThat(matches("a b", "a b")).isTrue();
        assertThat(matches("\u00e9", "e\u0301")).isFalse();
    }

    @Test
    void emptyLevelsAreLevels() { // 4.7.3
        assertThat(matches("/finance", "finance")).isFalse();
        assertThat(matches("a//b", "a//b")).isTrue();
        assertThat(matches("a/+/b", "a//b")).isTrue();
        assertThat(matches("a//b", "a/b")).isFalse();
        assertThat(matches("a/", "a")).isFalse();
        assertThat(matches("a/#", "a/")).isTrue();
    }

    @Test
    void topicsAreWellFormedUnicode() { // 1.5.4-1
        assertThat(TopicName.fault("a\ud800")).contains("surrogate");
        assertThat(TopicName.fault("\udc00\ud800")).contains("surrogate");
        assertThat(TopicName.fault("\ud83d\ude00")).isNull();
    }

    @Test
    void topicNamesHoldNoWildcard() { // 3.3.2-2
        assertThat(TopicName.fault("a/+")).contains("wildcard");
        assertThat(TopicName.fault("a/b#")).contains("wildcard");
        assertThatThrownBy(() -> TopicName.of("#")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sharedSubscriptionsAreRefusedWithTheReason() { // 4.8.2
        assertThat(TopicFilter.fault("$share/group/a")).contains("shared subscriptions");
        assertThat(TopicFilter.fault("$shared/a")).isNull();
    }

    @Test
    void levelsAreLimited() {
        assertThat(TopicName.fault("/".repeat(127))).isNull();
        assertThat(TopicName.fault("/".repeat(128))).contains("128 levels");
    }
}
