package io.orrery.server.keys;

import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A key file: one key a line in base64, the primary first; lines that begin with # are words. Its owner's alone. */
public final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private KeyFile() {}

    /**
     * Reads the keys; none if there is no file.
     *
     * @throws ProblemException if others may read it, or it is no key file; never with a key in its words
     */
    public static KeyRing load(Cipherer ciphers, Path path) {
        try {
            if (!Files.exists(path)) {
                return KeyRing.EMPTY;
            }
            requireOwnersAlone(path);
            KeyRing ring = KeyRing.EMPTY;
            List<String> lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    ring = with(ciphers, ring, line, path, i + 1);
                }
            }
            return ring;
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE, "cannot read the key file " + path, Problem.reason(e), "chmod 600 " + path);
        }
    }

    private static KeyRing with(Cipherer ciphers, KeyRing ring, String text, Path path, int line) {
        try {
            return ring.with(SealKey.parse(ciphers, text));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "line " + line + " of the key file " + path + " is no key",
                    e.getMessage(),
                    "orrery keys generate   prints one");
        }
    }

    private static void requireOwnersAlone(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(path);
        if (!OWNER_ONLY.containsAll(found)) {
            throw new ProblemException(
                    ExitCode.REFUSED,
                    "others may use the key file " + path,
                    "its permissions are " + PosixFilePermissions.toString(found) + ", and it holds the cluster's keys",
                    "chmod 600 " + path);
        }
    }

    /** Replaces the file as a whole, durably. */
    public static void save(Path path, KeyRing ring) throws IOException {
        StringBuilder text =
                new StringBuilder("# The keys of this cluster, the one in use first. Keep this file secret.\n");
        for (SealKey key : ring.keys()) {
            text.append("# ")
                    .append(key.name())
                    .append('\n')
                    .append(key.encoded())
                    .append('\n');
        }
        Path folder = path.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = folder.resolve(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (hasModes) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
