package io.orrery.server.mutant;

import io.orrery.kernel.Check;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles a mutant's files against the classes that run here. Only what is edited is compiled, so a mutant must not change a
 * signature or a constant that other files were compiled with.
 *
 * <p>For one thread.
 */
public final class MutantCompiler implements AutoCloseable {
    private static final String SOURCES = "src/main/java/";

    private final Checkout checkout;
    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    /**
     * @param compiler the JDK's; see {@link #systemCompiler}
     */
    public MutantCompiler(Checkout checkout, JavaCompiler compiler) {
        this.checkout = checkout;
        this.compiler = compiler;
        this.files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    }

    /** The running JDK's compiler; null in a runtime that has none. */
    public static JavaCompiler systemCompiler() {
        return ToolProvider.getSystemJavaCompiler();
    }

    /**
     * Plants a mutant.
     *
     * @param overlay an empty folder, for the classes that differ
     * @throws MutantException if it does not fit the sources, or what comes out does not compile
     */
    public void compile(Mutant mutant, Path overlay) {
        compile(List.of(mutant), overlay);
    }

    /**
     * Plants several mutants at once, which is quicker than one after another where only their fitting matters.
     *
     * @param mutants of which no two change one file
     * @throws MutantException for the first that does not fit the sources, or what of it does not compile
     */
    public void compile(List<Mutant> mutants, Path overlay) {
        TreeMap<String, Mutant> byFile = new TreeMap<>();
        List<JavaFileObject> sources = new ArrayList<>();
        for (Mutant mutant : mutants) {
            for (Map.Entry<String, String> planted : checkout.planted(mutant).entrySet()) {
                Mutant other = byFile.put(planted.getKey(), mutant);
                Check.argument(other == null, "mutants that are compiled together change different files");
                sources.add(new Source(planted.getKey(), planted.getValue()));
            }
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try {
            Files.createDirectories(overlay);
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(overlay));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write classes to " + overlay, e);
        }
        List<String> options = List.of(
                "-classpath", classPath(), "-proc:none", "-implicit:none", "-nowarn", "-parameters", "--release", "17");
        boolean done = compiler.getTask(new StringWriter(), files, said, options, null, sources)
                .call();
        if (!done) {
            throw misfit(mutants.get(0), byFile, said);
        }
    }

    private static MutantException misfit(
            Mutant first, TreeMap<String, Mutant> byFile, DiagnosticCollector<JavaFileObject> said) {
        for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
            if (one.getKind() == Diagnostic.Kind.ERROR && one.getSource() instanceof Source source) {
                Mutant mutant = byFile.get(source.file);
                String why = source.file + ":" + one.getLineNumber() + " " + one.getMessage(Locale.ROOT);
                return new MutantException(mutant.id(), mutant.edits().get(0).line(), "it does not compile: " + why);
            }
        }
        String why = said.getDiagnostics().isEmpty()
                ? ""
                : ": " + said.getDiagnostics().get(0);
        return new MutantException(first.id(), 1, "it does not compile" + why);
    }

    /** What this JVM runs from. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The class path of a JVM in which the overlay's classes come first. */
    static String classPath(Path overlay) {
        return overlay + File.pathSeparator + classPath();
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source text that is in no file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String file;
        private final String text;

        private Source(String file, String text) {
            super(URI.create("planted:///" + file.substring(file.indexOf(SOURCES) + SOURCES.length())), Kind.SOURCE);
            this.file = file;
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
