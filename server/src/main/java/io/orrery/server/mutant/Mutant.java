package io.orrery.server.mutant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * A change of the sources that plants a known bug, or one that must do no harm.
 *
 * @param id such as {@code M01}; unique in the catalogue
 * @param title what is wrong, in one sentence
 * @param source where the bug is known from: an issue, a paper's section
 * @param harmless whether nothing may be found
 * @param module whose code is changed
 * @param workload under which it is hunted; empty for the usual one
 * @param edits at least one
 */
public record Mutant(
        String id, String title, String source, boolean harmless, String module, String workload, List<Edit> edits) {
    /**
     * One change of one file.
     *
     * @param file from the checkout's top, with slashes
     * @param line of the mutant's text where the change begins, from 1
     * @param replaced whole lines, each with its line end; they are in the file exactly once
     * @param replacement whole lines, each with its line end; may be empty
     */
    public record Edit(String file, int line, String replaced, String replacement) {}

    public Mutant {
        edits = Collections.unmodifiableList(new ArrayList<>(edits));
    }

    /** The files it changes, sorted. */
    public List<String> files() {
        TreeSet<String> files = new TreeSet<>();
        edits.forEach(edit -> files.add(edit.file()));
        return new ArrayList<>(files);
    }
}
