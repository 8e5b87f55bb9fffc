package io.orrery.raft.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Plays every transcript. {@code -Dtranscripts.rewrite=true} writes what was played instead of comparing it: look at the diff. */
class TranscriptTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "transcripts");

    @TestFactory
    Stream<DynamicTest> whatIsPlayedIsWhatIsWritten() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    String written = Files.readString(file);
                    Director director = new Director();
                    String played = Transcript.parse(written).play(director::run);
                    if (Boolean.getBoolean("transcripts.rewrite")) {
                        Files.writeString(file, played);
                    } else {
                        assertThat(played).as(file.toString()).isEqualTo(written);
                    }
                }));
    }

    @Test
    void theOverviewListsEveryTranscriptWithItsRuleAndSource() throws IOException {
        List<String> names = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(Overview.rule(text)).as(file + " begins with its rule").isNotEmpty();
            assertThat(Overview.source(text)).as(file + " names its source").isNotEmpty();
            names.add(file.getFileName().toString());
            texts.add(text);
        }
        Path page = FOLDER.resolve("README.md");
        String written = Files.readString(page);
        String expected = Overview.page(written, names, texts);
        if (Boolean.getBoolean("transcripts.rewrite")) {
            Files.writeString(page, expected);
        } else {
            assertThat(written).as(page + ", see -Dtranscripts.rewrite").isEqualTo(expected);
        }
        assertThat(names).as("at least one for every rule").hasSizeGreaterThanOrEqualTo(60);
    }

    @Test
    void aTranscriptThatLiesIsRefused() {
        Director director = new Director();
        String lie = "cluster n1\nelect n1\nstate n1\n----\nn1 FOLLOWER\n";
        assertThat(Transcript.parse(lie).play(director::run)).isNotEqualTo(lie).contains("n1 LEADER");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }
}
