package io.orrery.server.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutantCatalogueTest {
    private static final Checkout CHECKOUT = Checkout.above(Path.of(""));

    @TempDir
    private Path folder;

    @Test
    void everyMutantFitsTheSourcesAndCompiles() {
        assumeTrue(MutantCompiler.systemCompiler() != null, "a runtime without a compiler");
        List<List<Mutant>> groups = groups(MutantCatalogue.load().all());
        try (MutantCompiler compiler = new MutantCompiler(CHECKOUT, MutantCompiler.systemCompiler())) {
            for (int i = 0; i < groups.size(); i++) {
                Path overlay = folder.resolve("group" + i);
                compiler.compile(groups.get(i), overlay);
                assertThat(classesIn(overlay))
                        .hasSizeGreaterThanOrEqualTo(groups.get(i).size());
            }
        }
    }

    /** As few as there can be without two mutants of one file in a group. */
    private static List<List<Mutant>> groups(List<Mutant> mutants) {
        List<List<Mutant>> groups = new ArrayList<>();
        List<TreeSet<String>> files = new ArrayList<>();
        for (Mutant mutant : mutants) {
            int at = 0;
            while (at < groups.size() && !Collections.disjoint(files.get(at), mutant.files())) {
                at++;
            }
            if (at == groups.size()) {
                groups.add(new ArrayList<>());
                files.add(new TreeSet<>());
            }
            groups.get(at).add(mutant);
            files.get(at).addAll(mutant.files());
        }
        return groups;
    }

    private static List<Path> classesIn(Path overlay) {
        try (Stream<Path> files = Files.walk(overlay)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void thereAreEnoughOfThemAndFiveAreHarmless() {
        List<Mutant> all = MutantCatalogue.load().all();
        assertThat(all.stream().filter(mutant -> !mutant.harmless())).hasSizeGreaterThanOrEqualTo(45);
        assertThat(all.stream().filter(Mutant::harmless)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(all).extracting(Mutant::id).doesNotHaveDuplicates();
    }

    @Test
    void aMutantChangesTheModuleThatItNames() {
        for (Mutant mutant : MutantCatalogue.load().all()) {
            assertThat(mutant.files())
                    .as(mutant.id())
                    .allMatch(file -> file.startsWith(mutant.module() + "/src/main/java/"));
        }
    }

    @Test
    void linesThatAreNotInTheFileAreAnErrorThatNamesFileAndMutant() {
        Mutant mutant = mutant("    no such line\n");
        assertThatThrownBy(() -> CHECKOUT.planted(mutant))
                .isInstanceOf(MutantException.class)
                .hasMessageContaining("X01, line 7")
                .hasMessageContaining("quorum/Majority.java");
    }

    @Test
    void linesThatAreInTheFileTwiceAreAnError() {
        Mutant mutant = mutant("\n");
        assertThatThrownBy(() -> CHECKOUT.planted(mutant)).hasMessageContaining("more than once");
    }

    @Test
    void aMutantThatDoesNotCompileIsAnErrorWithTheCompilersWords() {
        assumeTrue(MutantCompiler.systemCompiler() != null, "a runtime without a compiler");
        Mutant mutant = mutant("        return voters / 2 + 1;\n");
        try (MutantCompiler compiler = new MutantCompiler(CHECKOUT, MutantCompiler.systemCompiler())) {
            assertThatThrownBy(() -> compiler.compile(mutant, folder.resolve("broken")))
                    .hasMessageContaining("it does not compile")
                    .hasMessageContaining("Majority.java:");
        }
    }

    private static Mutant mutant(String replaced) {
        Mutant.Edit edit = new Mutant.Edit(
                "raft/src/main/java/io/orrery/raft/quorum/Majority.java", 7, replaced, "        return voters of;\n");
        return new Mutant("X01", "a title", "a source", false, "raft", "", List.of(edit));
    }
}
