package io.orrery.jepsen.edn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Prng;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdnReaderTest {
    private static final String RICH =
            "{:index 97, :valid? true, :f [:isolated {\"n1\" #{\"n0\" \"n2\"}}], :v #inst \"2026\","
                    + " :n [nil false -7 12345678901234567890N 1.5 2.50M \\a \\newline foo/bar \"q\\\"\\\\\\n\"]}";

    @Test
    void valuesAreWrittenAsTheyWereRead() throws EdnException {
        assertThat(EdnWriter.text(EdnReader.read(RICH))).isEqualTo(RICH);
    }

    @Test
    void commentsCommasAndDiscardedValuesAreSpace() throws EdnException {
        assertThat(EdnReader.readAll("; first\n 1,2 #_ [3 4] #_#_5 6 :k ; last"))
                .isEqualTo(List.of(1L, 2L, Keyword.of("k")));
        assertThat(EdnReader.read("(1 #_2)")).isEqualTo(List.of(1L));
        assertThat(EdnReader.read("[nil]")).isEqualTo(Arrays.asList((Object) null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 2",
                "[1",
                "]",
                "{:a}",
                "{:a 1 :a 2}",
                "#{1 1}",
                "\"a",
                "\"\\q\"",
                "\"\\u12\"",
                "01",
                "1x",
                ":",
                "#",
                "#_",
                "#tag",
                "\\",
                "\\nosuch",
                "##NaN",
                "(]"
            })
    void whatIsNotEdnIsRefused(String text) {
        assertThatThrownBy(() -> EdnReader.read(text)).isInstanceOf(EdnException.class);
    }

    @Test
    void refusalNamesLineAndColumn() {
        assertThatThrownBy(() -> EdnReader.readAll("{:a 1}\n  {:b 01}")).hasMessageContaining("line 2, column 7");
    }

    @Test
    void damagedTextIsReadOrRefused() {
        Prng prng = new Prng(5);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(RICH);
            for (int edits = prng.below(4) + 1; edits > 0; edits--) {
                text.setCharAt(
                        prng.below(text.length()), (char) (prng.below(8) == 0 ? prng.below(0x10000) : prng.below(128)));
            }
            try {
                EdnReader.readAll(text.toString());
                read++;
            } catch (EdnException expected) {
                refused++;
            }
        }
        assertThat(read).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
        assertThatThrownBy(() -> EdnReader.read("[".repeat(100_000))).isInstanceOf(EdnException.class);
        assertThatThrownBy(() -> EdnReader.read("#_".repeat(100_000))).isInstanceOf(EdnException.class);
    }
}
