package io.orrery.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeyReferenceTest {
    private static final String BEGIN = "<!-- keys: written by KeyReferenceTest from the declarations -->\n";
    private static final String END = "<!-- end of keys -->";

    /** Run with -Dorrery.update=true to write the reference anew. */
    @Test
    void operationsManualDescribesEveryKeyAsItIsDeclared() throws IOException {
        Path manual = Path.of(System.getProperty("project.root", ".."), "docs", "OPERATIONS.md");
        String text = Files.readString(manual);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        assertThat(from).as("the manual's marks").isPositive().isLessThan(to);
        if (Boolean.getBoolean("orrery.update")) {
            Files.writeString(manual, text.substring(0, from + BEGIN.length()) + reference() + text.substring(to));
        } else {
            assertThat(text.substring(from + BEGIN.length(), to)).isEqualTo(reference());
        }
    }

    private static String reference() {
        StringBuilder out = new StringBuilder();
        for (Key<?> key : Keys.all()) {
            out.append("\n**`")
                    .append(key.name())
                    .append("`**: ")
                    .append(escaped(key.type().label()));
            if (!key.fallback().isEmpty()) {
                out.append("; default `").append(key.fallback()).append('`');
            }
            if (!key.aliases().isEmpty()) {
                out.append("; also `")
                        .append(String.join("`, `", key.aliases()))
                        .append('`');
            }
            out.append("; `").append(key.environmentName()).append("`\n");
            out.append(": ").append(key.doc()).append('\n');
        }
        return out.append('\n').toString();
    }

    private static String escaped(String label) {
        return label.replace("|", "\\|").replace("[", "\\[");
    }
}
