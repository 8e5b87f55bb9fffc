package io.orrery.raft.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
