package io.orrery.server.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class MutantParserTest {
    private static final String HEADER = "mutant M01\ntitle What is wrong\nsource a#1\nharmless no\nmodule raft\n";
    private static final String WHOLE =
            "# why\n" + HEADER + "file a/B.java\nreplace\n    one;\n\n    two;\nwith\n    three;\nend\n";

    private static Mutant parse(String text) {
        return MutantParser.parse("M01.mutant", text);
    }

    private static void refuses(String text, int line, String... words) {
        assertThatExceptionOfType(MutantException.class)
                .isThrownBy(() -> parse(text))
                .withMessageStartingWith("M01.mutant, line " + line + ": ")
                .satisfies(e -> assertThat(e.line()).isEqualTo(line))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void aMutantIsReadWithItsLinesAsTheyAre() {
        Mutant mutant = parse(WHOLE);
        assertThat(mutant.id()).isEqualTo("M01");
        assertThat(mutant.title()).isEqualTo("What is wrong");
        assertThat(mutant.source()).isEqualTo("a#1");
        assertThat(mutant.harmless()).isFalse();
        assertThat(mutant.workload()).isEmpty();
        assertThat(mutant.edits())
                .containsExactly(new Mutant.Edit("a/B.java", 8, "    one;\n\n    two;\n", "    three;\n"));
    }

    @Test
    void linesMayBeTakenAwayAndSeveralFilesChanged() {
        Mutant mutant =
                parse(HEADER + "file a/B.java\nreplace\nx\nwith\nend\nfile a/C.java\nreplace\ny\nwith\nz\nend\n");
        assertThat(mutant.files()).containsExactly("a/B.java", "a/C.java");
        assertThat(mutant.edits().get(0).replacement()).isEmpty();
    }

    @Test
    void aMalformedMutantIsRefusedWithItsLine() {
        refuses("mutnat M01\n", 1, "found 'mutnat'", "did you mean 'mutant'?");
        refuses("mutant m1\n", 1, "such as M01");
        refuses("mutant M01\nmutant M02\n", 2, "a second line 'mutant'");
        refuses("mutant M01\ntitle\n", 2, "'title' has no value");
        refuses("mutant M01\nharmless perhaps\n", 2, "yes or no");
        refuses(HEADER + "replace\nx\nwith\ny\nend\n", 6, "'file ...' before it");
        refuses(HEADER + "file a/B.java\nreplace\nx\nend\n", 7, "a line 'with' is missing");
        refuses(HEADER + "file a/B.java\nreplace\nx\nwith\ny\n", 9, "a line 'end' is missing");
        refuses(HEADER + "file a/B.java\nreplace\nwith\ny\nend\n", 7, "nothing is replaced");
        refuses(HEADER + "file a/B.java\nreplace\nx\nwith\nx\nend\n", 7, "replaced by themselves");
        refuses(WHOLE + "title Another\n", 15, "before the first change");
        refuses(HEADER, 6, "without a change");
        refuses(WHOLE.replace("module raft\n", ""), 14, "'module ...'");
    }
}
