package io.orrery.server.keys;

import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealKey;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's keys: in the file, and in use.
 *
 * <ul>
 *   <li>I1: a change is in the file before it is in use, so a restart never knows less than peers were told.
 * </ul>
 *
 * For any thread; a change waits for the disk.
 */
public final class KeyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);

    private final Path file;
    private final Sealing sealing;

    private KeyKeeper(Path file, Sealing sealing) {
        this.file = file;
        this.sealing = sealing;
    }

    /**
     * @param first the key of the configuration; null for none. It begins the file where there is none yet
     * @throws ProblemException if the node is to encrypt and has no key, or its file is no key file
     */
    public static KeyKeeper open(EncryptionMode mode, Path file, String first) {
        if (!mode.seals()) {
            return new KeyKeeper(file, Sealing.off());
        }
        Sealing probe = Sealing.off();
        KeyRing ring = KeyFile.load(probe.ciphers(), file);
        SealKey configured = first == null || first.isEmpty() ? null : parse(probe, first);
        if (ring.isEmpty() && configured == null) {
            throw new ProblemException(
                    ExitCode.USAGE,
                    "cluster.encryption is on, and this node has no key",
                    "there is no key in " + file + ", and cluster.key is not set",
                    "orrery keys generate --out " + file + "   on the first node; copy the file to the others");
        }
        if (configured != null && ring.find(configured.id()) == null) {
            if (ring.isEmpty()) {
                ring = KeyRing.EMPTY.with(configured);
            } else {
                LOG.warn("cluster.key names {}, which is not in {}: the file counts", configured, file);
            }
        }
        KeyKeeper keeper = new KeyKeeper(file, new Sealing(mode, ring));
        try {
            KeyFile.save(file, ring);
        } catch (IOException e) {
            throw new ProblemException(
                    ExitCode.UNREACHABLE, "cannot write the key file " + file, String.valueOf(e.getMessage()), "");
        }
        return keeper;
    }

    private static SealKey parse(Sealing sealing, String text) {
        try {
            return SealKey.parse(sealing.ciphers(), text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ExitCode.USAGE, "cluster.key is no key", e.getMessage(), "orrery keys generate   prints one");
        }
    }

    public Sealing sealing() {
        return sealing;
    }

    /** Which keys there are. */
    public KeyState state() {
        return KeyState.done(sealing.ring());
    }

    /**
     * Does what an operator asks.
     *
     * @param key for {@link KeyOperation#INSTALL} the key, else its name
     */
    public synchronized KeyState apply(KeyOperation operation, String key) {
        KeyRing before = sealing.ring();
        if (!sealing.mode().seals()) {
            return KeyState.refused("cluster.encryption is off there", before);
        }
        try {
            KeyRing after = changed(before, operation, key);
            if (after != before) {
                KeyFile.save(file, after);
                sealing.ring(after);
                LOG.info("keys changed by {}: {}", operation, after);
            }
            return KeyState.done(after);
        } catch (IllegalArgumentException e) {
            return KeyState.refused(e.getMessage(), before);
        } catch (IOException e) {
            LOG.warn("cannot write {}: {}", file, e.toString());
            return KeyState.refused("its key file cannot be written: " + e.getMessage(), before);
        }
    }

    private KeyRing changed(KeyRing ring, KeyOperation operation, String key) {
        return switch (operation) {
            case LIST -> ring;
            case INSTALL -> ring.with(SealKey.parse(sealing.ciphers(), key));
            case USE -> ring.primary().id() == id(key) ? ring : ring.using(id(key));
            case REMOVE -> ring.without(id(key));
        };
    }

    private static int id(String name) {
        if (!name.matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException("a key's name is eight hexadecimal digits");
        }
        return Integer.parseUnsignedInt(name, 16);
    }
}
