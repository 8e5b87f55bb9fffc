package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.DatagramOpener;
import io.orrery.kernel.seal.DatagramSealer;
import io.orrery.kernel.seal.EncryptionMode;
import io.orrery.kernel.seal.SealScope;
import io.orrery.kernel.seal.StreamOpener;
import io.orrery.kernel.seal.StreamSealer;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What seals and opens a transport's frames, and to whom it seals. A session's salt is its hello's proof: that covers a random
 * number, so no two sessions share one. Under the transport's lock.
 */
final class Seals {
    private static final int PLAIN_PEERS_MAX = 4096;

    private final NodeId self;
    private final Sealing sealing;
    private final SealScope scope;
    private final SecureRandom random = new SecureRandom();
    private final DatagramSealer datagramSealer;
    private final DatagramOpener datagramOpener;
    /** Peers that do not seal, as they said themselves; asked in mode prefer alone. */
    private final Map<NodeId, Boolean> plain = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Boolean> eldest) {
            return size() > PLAIN_PEERS_MAX;
        }
    };

    Seals(AeronConfig config) {
        this.self = config.self();
        this.sealing = config.sealing();
        this.scope = new SealScope(sealing.ciphers(), config.clusterName(), config.cookie());
        this.datagramSealer = new DatagramSealer(scope, sealing::ring, self, salt());
        this.datagramOpener = new DatagramOpener(scope, sealing::ring, self);
    }

    private byte[] salt() {
        byte[] salt = new byte[SealOffer.SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /** What a hello says of a sealed session. */
    SealOffer offer() {
        return new SealOffer(
                sealing.mode(), Bytes.wrap(salt()), sealing.ring().primary().id());
    }

    /** Whether what is sealed with a key opens here. */
    boolean has(int key) {
        return sealing.ring().find(key) != null;
    }

    /** Whether sessions to a peer are to be sealed. */
    boolean isSealedTo(NodeId peer) {
        return sealing.mode() == EncryptionMode.REQUIRE || !plain.containsKey(peer);
    }

    /** A peer has shown whether it seals. */
    void note(NodeId peer, boolean isSealing) {
        if (isSealing) {
            plain.remove(peer);
        } else {
            plain.put(peer, true);
        }
    }

    StreamSealer sealer(NodeId to, Hello hello) {
        return new StreamSealer(scope, sealing::ring, self, to, hello.proof().toByteArray());
    }

    StreamOpener opener(Hello hello) {
        return new StreamOpener(
                scope, sealing::ring, hello.from(), self, hello.proof().toByteArray());
    }

    DatagramSealer datagramSealer() {
        return datagramSealer;
    }

    DatagramOpener datagramOpener() {
        return datagramOpener;
    }
}
