package io.orrery.kernel.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the sources of all modules. What is refused names the file, the line, and the rule. */
class TidyTest {
    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 70;
    private static final Pattern WILDCARD_IMPORT = Pattern.compile("^import (static )?[\\w.]+\\.\\*;");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Pattern PRINTS_STACK = Pattern.compile("\\.printStackTrace\\(\\)");
    private static final Pattern SLEEPS = Pattern.compile("\\bThread\\.sleep\\(");
    private static final Pattern METHOD_START = Pattern.compile("^ {4}(?! )[^=;@]*\\)( throws [\\w., ]+)? \\{$");

    private final Path root = Path.of(System.getProperty("project.root", "..")).toAbsolutePath();
    private final List<String> offences = new ArrayList<>();

    @Test
    void sourcesKeepTheHouseRules() {
        List<Path> sources = files(path -> path.toString().endsWith(".java"));
        assertThat(sources).hasSizeGreaterThan(50);
        for (Path source : sources) {
            // This file spells out what it looks for.
            if (!source.endsWith("TidyTest.java")) {
                checkSource(source, lines(source));
            }
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        TreeSet<Path> packages = new TreeSet<>();
        files(path -> path.toString().endsWith(".java") && path.toString().contains("/src/main/"))
                .forEach(path -> packages.add(path.getParent()));
        for (Path folder : packages) {
            if (!Files.exists(folder.resolve("package-info.java"))) {
                offences.add(root.relativize(folder) + " has no package-info.java");
            }
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void everyModuleHasAReadme() {
        for (Path pom : files(path -> path.endsWith("pom.xml"))) {
            if (!Files.exists(pom.resolveSibling("README.md"))) {
                offences.add(root.relativize(pom.getParent()) + " has no README.md");
            }
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void documentsHaveOneTitleAndTheirLinksLeadSomewhere() {
        Pattern link = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
        for (Path document : files(path -> path.toString().endsWith(".md"))) {
            String text = String.join("\n", lines(document));
            String prose = text.replaceAll("(?s)```.*?```", "");
            long titles = prose.lines().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                offences.add(root.relativize(document) + " has " + titles + " titles");
            }
            link.matcher(prose).results().map(match -> match.group(1)).forEach(target -> {
                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                    offences.add(root.relativize(document) + " links to " + target + ", which is not there");
                }
            });
        }
        assertThat(offences).isEmpty();
    }

    private void checkSource(Path source, List<String> lines) {
        if (lines.size() > FILE_LINES_MAX) {
            offences.add(root.relativize(source) + " has " + lines.size() + " lines: does its noun want splitting?");
        }
        int methodStart = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            refuse(source, i, line, WILDCARD_IMPORT, "a wildcard import");
            refuse(source, i, line, UNFINISHED, "an unfinished thing: do it, or file it");
            refuse(source, i, line, PRINTS_STACK, "a stack trace for users");
            refuse(source, i, line, SLEEPS, "a sleep: wait for the condition");
            if (METHOD_START.matcher(line).matches()) {
                methodStart = i;
            } else if (line.equals("    }") && methodStart >= 0) {
                if (i - methodStart > METHOD_LINES_MAX) {
                    offences.add(at(source, methodStart) + " has a method of " + (i - methodStart) + " lines");
                }
                methodStart = -1;
            }
        }
    }

    private void refuse(Path source, int line, String text, Pattern pattern, String what) {
        if (pattern.matcher(text).find()) {
            offences.add(at(source, line) + " has " + what);
        }
    }

    private String at(Path source, int line) {
        return root.relativize(source) + ":" + (line + 1);
    }

    private List<Path> files(Predicate<Path> filter) {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !isHidden(root.relativize(path)))
                    .filter(filter)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".") && part.toString().length() > 1
                    || part.toString().equals("target")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
