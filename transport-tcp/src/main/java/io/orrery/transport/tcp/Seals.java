package io.orrery.transport.tcp;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.Sealing;
import io.orrery.kernel.seal.DatagramOpener;
import io.orrery.kernel.seal.DatagramSealer;
import io.orrery.kernel.seal.SealScope;
import io.orrery.kernel.seal.StreamOpener;
import io.orrery.kernel.seal.StreamSealer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** What seals and opens a node's frames, from its start to its end. For the node's thread. */
final class Seals {
    private final NodeId self;
    private final Sealing sealing;
    private final SealScope scope;
    private final byte[] salt = new byte[SealOffer.SALT_BYTES];
    private final DatagramSealer datagramSealer;
    private final DatagramOpener datagramOpener;

    Seals(NodeId self, TcpConfig config, SecureRandom random) {
        this.self = self;
        this.sealing = config.sealing();
        this.scope = new SealScope(
                sealing.ciphers(), config.cluster(), config.cookie().getBytes(StandardCharsets.UTF_8));
        random.nextBytes(salt);
        this.datagramSealer = new DatagramSealer(scope, sealing::ring, self, salt);
        this.datagramOpener = new DatagramOpener(scope, sealing::ring, self);
    }

    /** What a handshake says of this node. */
    SealOffer offer() {
        return SealOffer.of(sealing.mode(), salt, sealing.ring());
    }

    /** Whether what the other seals with opens here. */
    boolean opens(SealOffer theirs) {
        return sealing.ring().find(theirs.primary()) != null;
    }

    StreamSealer sealer(NodeId to, byte[] connectionSalt) {
        return new StreamSealer(scope, sealing::ring, self, to, connectionSalt);
    }

    StreamOpener opener(NodeId from, byte[] connectionSalt) {
        return new StreamOpener(scope, sealing::ring, from, self, connectionSalt);
    }

    DatagramSealer datagramSealer() {
        return datagramSealer;
    }

    DatagramOpener datagramOpener() {
        return datagramOpener;
    }
}
