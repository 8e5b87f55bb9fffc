package io.orrery.broker.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.orrery.kernel.Prng;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The trie under histories of filters that share, branch and end in all ways, beside one with a node for each level. */
class FoldedTrieTest {
    /** How levels are drawn: few words branch everywhere, many words nowhere. */
    private enum Shape {
        DENSE(3, 4, 5),
        DEEP(2, 128, 40),
        WIDE(3000, 3, 40),
        MIXED(12, 7, 12);

        private final int words;
        private final int levelsMax;
        private final int plusEvery;

        Shape(int words, int levelsMax, int plusEvery) {
            this.words = words;
            this.levelsMax = levelsMax;
            this.plusEvery = plusEvery;
        }

        private String word(Prng prng) {
            int word = prng.below(words);
            return switch (word) {
                case 0 -> "";
                case 1 -> prng.below(8) == 0 ? "$SYS" : "s";
                case 2 -> "größe\uD83D\uDE80";
                default -> "word" + "x".repeat(word % 11) + word;
            };
        }

        private String topic(Prng prng) {
            int levels = 1 + prng.below(levelsMax);
            StringBuilder text = new StringBuilder(word(prng));
            for (int i = 1; i < levels; i++) {
                text.append('/').append(word(prng));
            }
            return text.length() == 0 ? "/" : text.toString();
        }

        private TopicFilter filter(Prng prng) {
            StringBuilder text = new StringBuilder();
            String[] levels = topic(prng).split("/", -1);
            for (int i = 0; i < levels.length; i++) {
                boolean isLast = i == levels.length - 1;
                String level = isLast && prng.below(4) == 0 ? "#" : prng.below(plusEvery) == 0 ? "+" : levels[i];
                text.append(i == 0 ? "" : "/").append(level);
            }
            return TopicFilter.of(text.toString());
        }
    }

    /** A filter of those there, changed in one level or cut or made longer: so that labels are split in all places. */
    private static TopicFilter neighbour(TopicFilter filter, Shape shape, Prng prng) {
        String[] levels = filter.text().split("/", -1);
        int at = prng.below(levels.length);
        String text = switch (prng.below(4)) {
            case 0 -> String.join("/", Arrays.copyOf(levels, at + 1));
            case 1 -> String.join("/", Arrays.copyOf(levels, at + 1)) + "/+";
            case 2 -> String.join("/", Arrays.copyOf(levels, at + 1)) + "/#";
            default -> {
                levels[at] = shape.word(prng);
                yield String.join("/", levels);
            }
        };
        return TopicFilter.fault(text) == null ? TopicFilter.of(text) : filter;
    }

    /** A topic that a filter matches: its wildcards filled in. */
    private static String topicFor(TopicFilter filter, Shape shape, Prng prng) {
        String[] levels = filter.text().split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            if (levels[i].equals("+") || levels[i].equals("#")) {
                levels[i] = shape.word(prng);
            }
        }
        String topic = String.join("/", levels);
        return TopicName.fault(topic) == null ? topic : "a";
    }

    private static List<Integer> match(TopicIndex index, String topic) {
        IntCollector out = new IntCollector();
        index.match(topic, out);
        List<Integer> hits = new ArrayList<>();
        for (int hit : out.toArray()) {
            hits.add(hit);
        }
        return hits;
    }

    /** A subscriber's history: filters with one to three values, half as many withdrawn as made. */
    private static final class History {
        private final Shape shape;
        private final Prng prng;
        private final TopicIndex index;
        private final PlainTrie model = new PlainTrie();
        private final TreeMap<String, Integer> handles = new TreeMap<>();
        private final List<TopicFilter> filters = new ArrayList<>();
        private final List<Integer> values = new ArrayList<>();

        private History(Shape shape, long seed) {
            this.shape = shape;
            prng = new Prng(seed).fork(shape.name());
            index = new TopicIndex(seed);
        }

        private void step(boolean removes) {
            if (removes && !filters.isEmpty()) {
                remove(prng.below(filters.size()));
                return;
            }
            TopicFilter filter = filters.isEmpty() || prng.below(3) == 0
                    ? shape.filter(prng)
                    : neighbour(filters.get(prng.below(filters.size())), shape, prng);
            int value = prng.below(3);
            int handle = index.add(filter, value);
            assertThat(handle != TopicIndex.NONE).isEqualTo(model.add(filter, value));
            if (handle != TopicIndex.NONE) {
                Integer before = handles.put(filter.text(), handle);
                assertThat(before == null || before == handle).as("N3").isTrue();
                filters.add(filter);
                values.add(value);
            }
        }

        private void remove(int at) {
            TopicFilter filter = filters.set(at, filters.get(filters.size() - 1));
            int value = values.set(at, values.get(values.size() - 1));
            filters.remove(filters.size() - 1);
            values.remove(values.size() - 1);
            assertThat(index.removeAt(handles.get(filter.text()), value)).isTrue();
            model.remove(filter, value);
            if (!index.contains(filter)) {
                handles.remove(filter.text());
            }
        }

        private void check(int topics) {
            handles.forEach((text, handle) -> {
                assertThat(index.filter(handle).text()).as("N3").isEqualTo(text);
                assertThat(index.find(TopicFilter.of(text))).as("N3").isEqualTo(handle);
            });
            assertThat(index.filterCount()).isEqualTo(handles.size());
            TrieForm.of(index);
            for (int i = 0; i < topics; i++) {
                String topic = filters.isEmpty() || i % 4 == 0
                        ? shape.topic(prng)
                        : topicFor(filters.get(prng.below(filters.size())), shape, prng);
                assertThat(match(index, topic)).as(topic).isEqualTo(model.match(topic));
            }
        }
    }

    @Test
    void anyHistoryGivesTheHitsAndTheOrderOfATrieWithANodeForEachLevel() {
        for (Shape shape : Shape.values()) {
            for (int seed = 0; seed < 3; seed++) {
                History history = new History(shape, seed);
                for (int round = 0; round < 12; round++) {
                    // Grows, then shrinks, and grows again over what was left.
                    int removedOfTen = round % 4 == 3 ? 8 : 3;
                    for (int step = 0; step < 60; step++) {
                        history.step(history.prng.below(10) < removedOfTen);
                    }
                    history.check(40);
                }
                while (!history.filters.isEmpty()) {
                    history.remove(history.prng.below(history.filters.size()));
                }
                assertThat(history.index.isClean()).isTrue();
                assertThat(history.index.memory().totalBytes())
                        .isEqualTo(new TopicIndex(seed).memory().totalBytes());
            }
        }
    }

    @Test
    void filtersDecideTheFormOfTheTrieNotTheirHistory() {
        for (Shape shape : Shape.values()) {
            History history = new History(shape, 77);
            for (int step = 0; step < 400; step++) {
                history.step(history.prng.below(10) < 4);
            }
            TopicIndex fresh = new TopicIndex(5);
            for (int i = 0; i < history.filters.size(); i++) {
                fresh.add(history.filters.get(i), history.values.get(i));
            }
            assertThat(TrieForm.of(history.index).keySet())
                    .isEqualTo(TrieForm.of(fresh).keySet());
            assertThat(history.index.trieNodeCount()).isEqualTo(fresh.trieNodeCount());
        }
    }

    @Test
    void aChainThatNothingBranchesOffIsOneNode() {
        TopicIndex index = new TopicIndex();
        int deep = index.add(TopicFilter.of("a/b/+/d/e/f/#"), 1);
        assertThat(index.trieNodeCount()).isEqualTo(1);
        index.add(TopicFilter.of("a/b/+/d/x/+"), 2);
        assertThat(TrieForm.of(index).keySet()).containsExactly("", "/a/b/+/d", "/a/b/+/d/e/f", "/a/b/+/d/x/+");
        int inner = index.add(TopicFilter.of("a/b/+"), 3);
        assertThat(index.trieNodeCount()).isEqualTo(4);
        index.remove(TopicFilter.of("a/b/+/d/x/+"), 2);
        assertThat(TrieForm.of(index).keySet()).containsExactly("", "/a/b/+", "/a/b/+/d/e/f");
        assertThat(index.filter(deep).text()).isEqualTo("a/b/+/d/e/f/#");
        index.removeAt(inner, 3);
        assertThat(index.trieNodeCount()).isEqualTo(1);
        assertThat(index.filter(deep).text()).isEqualTo("a/b/+/d/e/f/#");
        assertThat(match(index, "a/b/any/d/e/f")).containsExactly(1);
        assertThat(match(index, "a/b/any/d/e")).isEmpty();
    }

    private static String wide(int form, int tenant, int site, int device) {
        return switch (form) {
            case 0 -> "t" + tenant + "/site" + site + "/dev" + device + "/telemetry/+";
            case 1 -> "dev" + device + "/+/status";
            case 2 -> "+/site" + site + "/dev" + device + "/#";
            default -> "t" + tenant + "/+/" + device;
        };
    }

    /** With the owner log's nine that makes forty, once the pages' unused ends no longer count. Forks of two rows each take more. */
    @Test
    void aFilterWithAWildcardTakesAboutThirtyBytesBesideItsText() {
        int rows = 60_000;
        for (int form = 0; form < 4; form++) {
            for (int sites : new int[] {10, 100}) {
                TopicIndex index = new TopicIndex(3);
                long texts = 0;
                for (int i = 0; i < rows; i++) {
                    String text = wide(form, i % 300, i / 300 % sites, i);
                    texts += text.length();
                    index.add(TopicFilter.of(text), 0);
                }
                assertThat((index.memory().totalBytes() - texts) / (double) rows)
                        .as(form + " " + sites + " " + index.memory())
                        .isLessThan(sites == 100 ? 45 : 34);
            }
        }
    }

    @Test
    void textsMoveTogetherOnceRemovedOnesLeaveMoreRoomThanTheOthersTake() {
        for (String end : new String[] {"", "/+"}) {
            TopicIndex index = new TopicIndex(8);
            int rows = 10_000;
            for (int generation = 1; generation <= 4; generation++) {
                String pad = "p".repeat(generation * 9);
                for (int i = 0; i < rows; i++) {
                    index.add(TopicFilter.of("t" + i + "/" + pad + end), generation);
                }
                if (generation > 1) {
                    String old = "p".repeat((generation - 1) * 9);
                    for (int i = 0; i < rows; i++) {
                        index.remove(TopicFilter.of("t" + i + "/" + old + end), generation - 1);
                    }
                }
            }
            for (int i = 100; i < rows; i++) {
                index.remove(TopicFilter.of("t" + i + "/" + "p".repeat(36) + end), 4);
                assertThat(i % 1000 != 0
                                || index.memory().textFreeBytes()
                                        <= index.memory().textBytes() / 2 + 1_000_000)
                        .isTrue();
            }
            assertThat(match(index, "t99/" + "p".repeat(36) + (end.isEmpty() ? "" : "/x")))
                    .containsExactly(4);
            assertThat(index.memory().textBytes()).isLessThan(700_000);
            assertThat(index.filterCount()).isEqualTo(100);
        }
    }

    @Test
    void aMatchAllocatesNothing() {
        TopicIndex index = new TopicIndex(4);
        Prng prng = new Prng(4);
        for (int i = 0; i < 2_000; i++) {
            index.add(Shape.MIXED.filter(prng), i);
            index.add(TopicFilter.of("größe/" + i + "/+"), i);
        }
        String[] topics = new String[256];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = i % 2 == 0 ? Shape.MIXED.topic(prng) : "größe/" + i + "/x";
        }
        IntCollector out = new IntCollector(100_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (String topic : topics) {
                out.clear();
                index.match(topic, out);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least).isZero();
    }
}
