package io.orrery.jmh.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.topic.IntCollector;
import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MatchersTest {
    private static final int FILTERS = 5_000;
    private static final int TOPICS = 64;

    @ParameterizedTest
    @EnumSource(TopicShape.class)
    void allMatchersFindWhatComparingEachFilterFinds(TopicShape shape) {
        Workload workload = Workload.of(shape, FILTERS, TOPICS);
        OrreryMatcher orrery = new OrreryMatcher(workload);
        HiveMqMatcher hivemq = new HiveMqMatcher(workload);
        MoquetteMatcher moquetteRaw = new MoquetteMatcher(workload, false);
        MoquetteMatcher moquetteMerged = new MoquetteMatcher(workload, true);
        int hits = 0;
        for (String topic : workload.topics()) {
            List<Integer> expected = bruteForce(workload, topic);
            TreeMap<String, Integer> merged = merge(workload, expected);
            hits += expected.size();
            assertThat(sorted(orrery.matchRaw(topic))).isEqualTo(expected);
            assertThat(moquetteRaw.matchRaw(topic)).hasSameSizeAs(expected);
            assertThat(orrery.merged(topic)).isEqualTo(merged);
            assertThat(hivemq.merged(topic)).isEqualTo(merged);
            assertThat(moquetteMerged.merged(topic)).isEqualTo(merged);
        }
        assertThat(hits).isGreaterThanOrEqualTo(TOPICS / 2);
    }

    @Test
    void shapesHaveTheHitsTheyPromise() {
        assertThat(averageHits(TopicShape.EXACT)).isEqualTo(1);
        assertThat(averageHits(TopicShape.DEVICE)).isEqualTo(1);
        assertThat(averageHits(TopicShape.MIXED)).isBetween(1_000L, 1_300L);
    }

    private static long averageHits(TopicShape shape) {
        Workload workload = Workload.of(shape, 100_000, 512);
        OrreryMatcher orrery = new OrreryMatcher(workload);
        long hits = 0;
        for (String topic : workload.topics()) {
            hits += orrery.matchRaw(topic).size();
        }
        return hits / workload.topics().length;
    }

    private static List<Integer> bruteForce(Workload workload, String topic) {
        List<Integer> hits = new ArrayList<>();
        TopicName name = TopicName.of(topic);
        for (int i = 0; i < workload.filters().length; i++) {
            if (TopicFilter.of(workload.filters()[i]).matches(name)) {
                hits.add(i);
            }
        }
        return hits;
    }

    private static TreeMap<String, Integer> merge(Workload workload, List<Integer> subscriptions) {
        TreeMap<String, Integer> merged = new TreeMap<>();
        for (int subscription : subscriptions) {
            String client = Workload.clientName(workload.clients()[subscription]);
            merged.merge(client, (int) workload.qos()[subscription], Math::max);
        }
        return merged;
    }

    private static List<Integer> sorted(IntCollector hits) {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            list.add(hits.at(i));
        }
        list.sort(null);
        return list;
    }
}
