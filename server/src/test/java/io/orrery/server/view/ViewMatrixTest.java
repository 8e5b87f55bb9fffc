package io.orrery.server.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ViewMatrixTest {
    @Test
    void pausedNodeIsARowOfQuestionMarksAndAColumnOfSuspicions() {
        Pictures cluster = new Pictures()
                .node("n1", "n1 ALIVE 7.0", "n2 SUSPECT 8.1 n3", "n3 ALIVE 9.0")
                .node("n2", "n1 ALIVE 7.0", "n2 ALIVE 8.1", "n3 ALIVE 9.0")
                .falls("n2", "no answer", 3_049)
                .node("n3", "n1 ALIVE 7.0", "n2 SUSPECT 8.1 n3", "n3 ALIVE 9.0");
        assertThat(ViewMatrix.text(cluster.picture(), 120)).isEqualTo("""
                        after 1.5s: cluster lab, 2 of 3 nodes answer: NOT CONVERGED, 2 differences
                        SEEN BY  n1          n2              n3          MEMBERS   ROWS      REGISTRY  APPLIED  LEADER  ANSWERS
                        n1       ALIVE       SUSPECT.1 0.2s  ALIVE 0.2s  b6626920  00000000  00000000  5        n1      yes
                        n2       ?           ?               ?           ?         ?         ?         ?        ?       no answer for 3.0s
                        n3       ALIVE 0.2s  SUSPECT.1 0.2s  ALIVE       b6626920  00000000  00000000  5        n1      yes
                        cells: status, .refutations if any, last heard; < an earlier life; ? not known
                          suspect: n2 is SUSPECT 8.1 to all (by n3)
                          silent: n2 does not say what it believes: no answer at h:n2""");
    }

    @Test
    void manyNodesAreALetterEach() {
        List<String> beliefs = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            beliefs.add(String.format(Locale.ROOT, "n%02d %s 7.0", i, i == 3 ? "DEAD" : i == 4 ? "LEFT" : "ALIVE"));
        }
        Pictures cluster = new Pictures().node("n01", beliefs.toArray(new String[0]));
        beliefs.set(2, "n03 SUSPECT 7.0 n01");
        beliefs.set(11, "n12 ALIVE 6.9");
        beliefs.remove(4);
        cluster.node("n02", beliefs.toArray(new String[0]));
        String text = ViewMatrix.text(cluster.picture(), 100);
        assertThat(text.lines().skip(1).limit(3).toList())
                .containsExactly(
                        "NO  SEEN BY  123456789012  MEMBERS   ROWS      REGISTRY  APPLIED  LEADER  ANSWERS",
                        "1   n01      =aDLaaaaaaaa  " + digest(text, 2) + "  00000000  00000000  5        n1      yes",
                        "2   n02      a=SL.aaaaaa<  " + digest(text, 3) + "  00000000  00000000  5        n1      yes");
        assertThat(digest(text, 2)).isNotEqualTo(digest(text, 3));
        assertThat(text).contains("\n  and ").contains("\n  member: n03 is ");
    }

    private static String digest(String text, int line) {
        return text.lines().toList().get(line).substring(27, 35);
    }
}
