package io.orrery.server.mutant;

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
        List<JavaFileObject> sources = new ArrayList<>();
        for (Map.Entry<String, String> planted : checkout.planted(mutant).entrySet()) {
            sources.add(new Source(planted.getKey(), planted.getValue()));
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
            throw new MutantException(mutant.id(), mutant.edits().get(0).line(), firstError(said));
        }
    }

    /** What this JVM runs from. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The class path of a JVM in which the overlay's classes come first. */
    static String classPath(Path overlay) {
        return overlay + File.pathSeparator + classPath();
    }

    private static String firstError(DiagnosticCollector<JavaFileObject> said) {
        for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
            if (one.getKind() == Diagnostic.Kind.ERROR) {
                String file =
                        one.getSource() instanceof Source source ? source.file + ":" + one.getLineNumber() + " " : "";
                return "it does not compile: " + file + one.getMessage(Locale.ROOT);
            }
        }
        return "it does not compile";
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
