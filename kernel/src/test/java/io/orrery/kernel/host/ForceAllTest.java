package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForceAllTest {
    @TempDir
    Path folder;

    private List<Path> files(int count) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(Files.write(folder.resolve("file" + i), new byte[] {1}));
        }
        return paths;
    }

    @Test
    void oneFileThatCannotBeForcedFailsTheWholeHoweverManyThereAre() throws IOException {
        for (int count : new int[] {1, 100}) {
            List<Path> paths = files(count);
            assertThatCode(() -> ForceAll.force(paths)).doesNotThrowAnyException();
            paths.set(count / 2, folder.resolve("missing"));
            assertThatThrownBy(() -> ForceAll.force(paths)).isInstanceOf(NoSuchFileException.class);
        }
    }
}
