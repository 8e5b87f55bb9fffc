package io.orrery.server.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * The sources that the running program was built from, and how a mutant changes them. Nothing is written here.
 *
 * @param top the checkout's folder, which has all modules in it
 */
public record Checkout(Path top) {
    /** The launcher's word on where the checkout is. */
    public static final String PROPERTY = "orrery.checkout";

    private static final String SIGN = "raft/src/main/java/io/orrery/raft/RaftGroup.java";

    /** The folder that the launcher names, else one above the program's jar, else one above the working folder; or null. */
    public static Checkout find() {
        String named = System.getProperty(PROPERTY);
        Checkout found = named == null ? null : above(Path.of(named));
        found = found == null ? above(MutantCatalogue.origin()) : found;
        return found == null ? above(Path.of("").toAbsolutePath()) : found;
    }

    /** The nearest checkout that the path is in, or is; null if there is none. */
    public static Checkout above(Path path) {
        for (Path folder = path.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(SIGN))) {
                return new Checkout(folder);
            }
        }
        return null;
    }

    /**
     * The changed files' texts, by their paths from the top.
     *
     * @throws MutantException if a text to be replaced is not in its file exactly once
     */
    public TreeMap<String, String> planted(Mutant mutant) {
        TreeMap<String, String> texts = new TreeMap<>();
        for (Mutant.Edit edit : mutant.edits()) {
            String before = texts.containsKey(edit.file()) ? texts.get(edit.file()) : read(mutant, edit);
            texts.put(edit.file(), planted(mutant, edit, before));
        }
        return texts;
    }

    private String read(Mutant mutant, Mutant.Edit edit) {
        Path file = top.resolve(edit.file());
        if (!Files.isRegularFile(file)) {
            throw new MutantException(mutant.id(), edit.line(), "there is no file " + file);
        }
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String planted(Mutant mutant, Mutant.Edit edit, String text) {
        // Whole lines: what is replaced begins where a line does.
        String lines = "\n" + text;
        String replaced = "\n" + edit.replaced();
        int at = lines.indexOf(replaced);
        if (at < 0) {
            throw new MutantException(
                    mutant.id(), edit.line(), edit.file() + " has no such lines: has the code changed since?");
        }
        if (lines.indexOf(replaced, at + 1) >= 0) {
            throw new MutantException(
                    mutant.id(),
                    edit.line(),
                    edit.file() + " has these lines more than once: replace a few more around");
        }
        return text.substring(0, at)
                + edit.replacement()
                + text.substring(at + edit.replaced().length());
    }
}
