package io.orrery.server.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The mutants that come with the program, one resource each, sorted by their ids. */
public final class MutantCatalogue {
    private static final String FOLDER = "mutants";
    private static final String SUFFIX = ".mutant";

    private final TreeMap<String, Mutant> byId = new TreeMap<>();

    private MutantCatalogue() {}

    /**
     * Reads all of them from where this class was loaded from, a folder or a jar.
     *
     * @throws MutantException if one is malformed, or two share an id
     */
    public static MutantCatalogue load() {
        MutantCatalogue catalogue = new MutantCatalogue();
        Path origin = origin();
        try {
            if (Files.isDirectory(origin)) {
                catalogue.addAll(origin.resolve(FOLDER));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(origin)) {
                    catalogue.addAll(jar.getPath("/" + FOLDER));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalogue of mutants in " + origin, e);
        }
        return catalogue;
    }

    /** The folder or jar with this program's classes. */
    static Path origin() {
        try {
            return Path.of(MutantCatalogue.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class's origin is a file", e);
        }
    }

    private void addAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Mutant mutant = MutantParser.parse(name, Files.readString(file));
            if (byId.put(mutant.id(), mutant) != null) {
                throw new MutantException(name, 1, "another mutant is named " + mutant.id());
            }
        }
    }

    public List<Mutant> all() {
        return new ArrayList<>(byId.values());
    }

    public Collection<String> ids() {
        return byId.keySet();
    }

    /** Null if there is none of that name. */
    public Mutant mutant(String id) {
        return byId.get(id);
    }
}
