package io.orrery.server.node;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node's directory, seen from outside the broker: whose it is, whether its cluster state may be begun anew, and where
 * the other nodes were last.
 *
 * <p>Files: {@code node} holds name, cluster and beginning; {@code peers} holds a line {@code name=host:port} for each
 * other node; {@value #STATE} holds what the node's program writes. Both files are replaced whole, by rename.
 */
final class DataHome {
    static final String STATE = "state";
    private static final String NODE = "node";
    private static final String PEERS = "peers";
    private static final int ASIDE_MAX = 10_000;

    /** How the node's cluster state begins when there is none on disk. */
    enum Beginning {
        /** With the configuration that the node was first started with. */
        FORMED,
        /** Empty: it comes from the cluster that the node joins. */
        JOINED,
        /** With others that are not known yet, or empty, if these have a cluster. */
        EXPECTED
    }

    private final Path path;
    private final NodeId node;
    private final String cluster;
    private Beginning beginning;

    private DataHome(Path path, NodeId node, String cluster, Beginning beginning) {
        this.path = path;
        this.node = node;
        this.cluster = cluster;
        this.beginning = beginning;
    }

    /**
     * Opens a node's directory, creating it if need be.
     *
     * @param fresh how a directory that is new begins
     * @throws ProblemException if it belongs to another node or cluster, or cannot be used
     */
    static DataHome open(Path path, NodeId node, String cluster, Beginning fresh) {
        try {
            Files.createDirectories(path);
            Path file = path.resolve(NODE);
            if (!Files.exists(file)) {
                DataHome home = new DataHome(path, node, cluster, fresh);
                home.save();
                return home;
            }
            SortedMap<String, String> fields = fields(file);
            requireSame(path, "node", fields.get("name"), node.name(), "--node.name");
            requireSame(path, "cluster", fields.get("cluster"), cluster, "--cluster.name");
            return new DataHome(path, node, cluster, beginning(file, fields.get("beginning")));
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE,
                    "cannot use the data directory " + path,
                    Problem.reason(e),
                    "make it a directory that this user may write to, or give another: --dir DIR");
        }
    }

    /** Whether a node has been given this directory before. */
    static boolean exists(Path path) {
        return Files.exists(path.resolve(NODE));
    }

    private static void requireSame(Path path, String what, String found, String wanted, String flag) {
        if (!wanted.equals(found)) {
            throw new ProblemException(
                    ExitCode.REFUSED,
                    "the data directory " + path + " belongs to " + what + " " + found + ", not to " + wanted,
                    "a directory keeps the promises of one node in one cluster",
                    flag + "=" + found + "   or another directory: --dir DIR");
        }
    }

    private static Beginning beginning(Path file, String text) throws IOException {
        for (Beginning beginning : Beginning.values()) {
            if (beginning.name().equals(text)) {
                return beginning;
            }
        }
        throw new IOException("the file " + file + " is damaged");
    }

    Path statePath() {
        return path.resolve(STATE);
    }

    Beginning beginning() {
        return beginning;
    }

    /** Whether there is data of a release that knew no cluster ids: a log, and no record of a first boot. */
    boolean isOlder() {
        Path log = statePath().resolve("wal");
        return Files.isDirectory(log) && !Files.isDirectory(statePath().resolve("boot"));
    }

    /**
     * Puts the cluster state away and begins it anew. The node must not run. After a crash half way the node starts
     * either with its old state or alone, and the join or leave is to be asked for again.
     *
     * @param parts the directories below {@value #STATE} that hold it
     */
    void setAside(List<String> parts, String occasion, Beginning next) {
        try {
            Path aside = null;
            for (String part : parts) {
                Path source = statePath().resolve(part);
                if (Files.exists(source)) {
                    aside = aside != null ? aside : free("raft.before-" + occasion + "-");
                    Files.move(source, aside.resolve(part), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            beginning = next;
            save();
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE, "cannot put the cluster state in " + path + " aside", Problem.reason(e), "");
        }
    }

    /** A folder that was not there before. */
    private Path free(String prefix) throws IOException {
        for (int i = 1; i <= ASIDE_MAX; i++) {
            Path candidate = path.resolve(prefix + i);
            if (!Files.exists(candidate)) {
                return Files.createDirectory(candidate);
            }
        }
        throw new IOException("there are " + ASIDE_MAX + " of " + path.resolve(prefix) + "*; remove some");
    }

    /** The other nodes as they were last known; what cannot be read is as nothing. */
    List<Suggestion> peers() {
        List<Suggestion> peers = new ArrayList<>();
        try {
            if (Files.exists(path.resolve(PEERS))) {
                fields(path.resolve(PEERS))
                        .forEach((name, address) -> peers.add(new Suggestion(NodeId.of(name), Address.parse(address))));
            }
        } catch (IOException | IllegalArgumentException e) {
            peers.clear();
        }
        return peers;
    }

    /** Notes the other nodes, for the next start. */
    void savePeers(SortedMap<NodeId, String> addresses) throws IOException {
        StringBuilder text = new StringBuilder();
        addresses.forEach(
                (peer, address) -> text.append(peer).append('=').append(address).append('\n'));
        replace(PEERS, text.toString());
    }

    private void save() throws IOException {
        replace(NODE, "name=" + node + "\ncluster=" + cluster + "\nbeginning=" + beginning + "\n");
    }

    private void replace(String name, String text) throws IOException {
        Path fresh = path.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
            channel.force(true);
        }
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static SortedMap<String, String> fields(Path file) throws IOException {
        SortedMap<String, String> fields = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.lastIndexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return fields;
    }
}
