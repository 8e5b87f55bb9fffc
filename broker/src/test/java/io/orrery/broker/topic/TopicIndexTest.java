package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TopicIndexTest {
    private static List<Integer> hits(TopicIndex index, String topic) {
        IntCollector out = new IntCollector();
        index.match(topic, out);
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < out.size(); i++) {
            sorted.add(out.at(i));
        }
        sorted.sort(null);
        return sorted;
    }

    @Property(tries = 400)
    void matchesWhatTheFiltersMatchOneByOne(
            @ForAll("filters") List<String> filters, @ForAll("topics") List<String> topics) {
        TopicIndex index = new TopicIndex(filters.size());
        TreeMap<String, Integer> numbers = new TreeMap<>();
        for (String filter : filters) {
            int number = numbers.computeIfAbsent(filter, f -> numbers.size());
            index.add(TopicFilter.of(filter), number);
        }
        for (String topic : topics) {
            List<Integer> expected = new ArrayList<>();
            numbers.forEach((filter, number) -> {
                if (TopicFilter.of(filter).matches(TopicName.of(topic))) {
                    expected.add(number);
                }
            });
            expected.sort(null);
            assertThat(hits(index, topic)).as(topic).isEqualTo(expected);
        }
    }

    @Property(tries = 200)
    void churnLeavesWhatAModelHoldsAndInTheEndNothing(
            @ForAll("filters") List<String> filters, @ForAll("choices") List<Integer> choices) {
        TopicIndex index = new TopicIndex();
        TreeMap<String, TreeSet<Integer>> model = new TreeMap<>();
        for (int choice : choices) {
            String filter = filters.get(choice % filters.size());
            int value = choice / 64 % 5;
            TreeSet<Integer> values = model.computeIfAbsent(filter, f -> new TreeSet<>());
            if (choice % 3 == 0) {
                assertThat(index.remove(TopicFilter.of(filter), value)).isEqualTo(values.remove(value));
            } else {
                assertThat(index.add(TopicFilter.of(filter), value) != TopicIndex.NONE)
                        .isEqualTo(values.add(value));
            }
        }
        model.values().removeIf(TreeSet::isEmpty);
        assertThat(index.filterCount()).isEqualTo(model.size());
        assertThat(index.valueCount())
                .isEqualTo(model.values().stream().mapToLong(TreeSet::size).sum());
        TreeSet<String> texts = new TreeSet<>();
        IntCollector handles = new IntCollector();
        index.handles(handles);
        for (int i = 0; i < handles.size(); i++) {
            texts.add(index.filter(handles.at(i)).text());
        }
        assertThat(texts).isEqualTo(model.keySet());
        model.forEach((filter, values) -> values.forEach(
                value -> assertThat(index.remove(TopicFilter.of(filter), value)).isTrue()));
        assertThat(index.isClean()).isTrue();
    }

    @Property(tries = 100)
    void contentDecidesTheOrderOfHitsNotHistory(@ForAll("filters") List<String> filters) {
        TopicIndex forward = new TopicIndex();
        TopicIndex backward = new TopicIndex();
        for (int i = 0; i < filters.size(); i++) {
            forward.add(TopicFilter.of(filters.get(i)), i);
            int j = filters.size() - 1 - i;
            backward.add(TopicFilter.of(filters.get(j)), j);
        }
        for (String topic : List.of("a", "a/b", "a/b/c", "$a/b", "/a")) {
            IntCollector one = new IntCollector();
            IntCollector other = new IntCollector();
            forward.match(topic, one);
            backward.match(topic, other);
            assertThat(one.toArray()).isEqualTo(other.toArray());
        }
    }

    @Provide
    Arbitrary<List<String>> filters() {
        Arbitrary<String> level = Arbitraries.of("a", "b", "c", "", "+", "$a", "aa");
        Arbitrary<String> plain = level.list().ofMinSize(1).ofMaxSize(4).map(levels -> String.join("/", levels));
        Arbitrary<String> below = plain.map(text -> text + "/#");
        return Arbitraries.oneOf(plain, plain, below, Arbitraries.just("#"))
                .filter(text -> !text.isEmpty())
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> topics() {
        Arbitrary<String> level = Arbitraries.of("a", "b", "c", "", "$a", "aa", "d");
        return level.list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(levels -> String.join("/", levels))
                .filter(text -> !text.isEmpty())
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Integer>> choices() {
        return Arbitraries.integers().between(0, 1_000_000).list().ofMaxSize(200);
    }

    @Test
    void handlesNameTheFilterWhileItHasValues() {
        TopicIndex index = new TopicIndex();
        int handle = index.add(TopicFilter.of("a/+/#"), 7);
        assertThat(index.find(TopicFilter.of("a/+/#"))).isEqualTo(handle);
        assertThat(index.filter(handle).text()).isEqualTo("a/+/#");
        assertThat(index.find(TopicFilter.of("a/+"))).isEqualTo(TopicIndex.NONE);
        assertThat(index.removeAt(handle, 8)).isFalse();
        assertThat(index.removeAt(handle, 7)).isTrue();
        assertThat(index.contains(TopicFilter.of("a/+/#"))).isFalse();
        assertThat(index.isClean()).isTrue();
    }

    @Test
    void oneFilterTakesManyValuesAndGivesThemBackSorted() {
        TopicIndex index = new TopicIndex();
        TopicFilter filter = TopicFilter.of("fan/out/#");
        for (int i = 0; i < 2_000; i++) {
            index.add(filter, i * 7 % 2_000);
        }
        List<Integer> all = hits(index, "fan/out/x");
        assertThat(all).hasSize(2_000).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < 2_000; i++) {
            assertThat(index.remove(filter, i * 3 % 2_000)).isTrue();
        }
        assertThat(index.isClean()).isTrue();
    }

    @Test
    void levelsWithEqualHashesAreToldApartByTheirText() {
        HashSlots slots = new HashSlots();
        for (int value = 0; value < 100; value++) {
            slots.insert(42 + value % 2, value);
        }
        for (int value = 0; value < 100; value += 2) {
            assertThat(slots.remove(42, value)).isTrue();
            assertThat(slots.remove(42, value)).isFalse();
        }
        assertThat(slots.size()).isEqualTo(50);
        int found = 0;
        for (int slot = slots.home(43); slots.raw(slot) != 0; slot = slots.next(slot)) {
            found += HashSlots.hash(slots.raw(slot)) == 43 ? 1 : 0;
        }
        assertThat(found).isEqualTo(50);
    }

    @Test
    void manyFiltersGrowAndShrinkTheTables() {
        TopicIndex index = new TopicIndex(99);
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            index.add(TopicFilter.of("device/" + i + "/+/" + i % 10 + "/#"), i);
            index.add(TopicFilter.of("tenant/" + i % 100 + "/device/" + i), i);
        }
        assertThat(hits(index, "device/77/x/7/y/z")).containsExactly(77);
        assertThat(hits(index, "tenant/77/device/77")).containsExactly(77);
        assertThat(hits(index, "tenant/77/device/78")).isEmpty();
        for (int i = 0; i < count; i++) {
            assertThat(index.remove(TopicFilter.of("device/" + i + "/+/" + i % 10 + "/#"), i))
                    .isTrue();
            assertThat(index.remove(TopicFilter.of("tenant/" + i % 100 + "/device/" + i), i))
                    .isTrue();
        }
        assertThat(index.isClean()).isTrue();
    }
}
