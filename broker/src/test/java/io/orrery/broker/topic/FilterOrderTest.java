package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FilterOrderTest {
    @Test
    void wildcardsComeFirstAndPrefixesBeforeWhatTheyBegin() {
        List<TopicFilter> filters = new ArrayList<>();
        for (String text : List.of("t/a", "t/#", "t", "b/c", "t/+/y", "t/+/x", "#", "t!/a", "+/t", "t/+")) {
            filters.add(TopicFilter.of(text));
        }
        filters.sort(FilterOrder.BY_LEVEL);
        assertThat(filters)
                .extracting(TopicFilter::text)
                .containsExactly("+/t", "#", "b/c", "t", "t/+", "t/+/x", "t/+/y", "t/#", "t/a", "t!/a");
    }
}
