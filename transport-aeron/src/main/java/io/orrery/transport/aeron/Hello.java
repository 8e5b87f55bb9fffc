package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Optional;

/**
 * The first message of a session: who sends, to whom, and a proof that the sender knows the cluster's cookie.
 *
 * @param clusterName of the sender's cluster
 * @param from the sender
 * @param to whom the sender means to reach at this address; nobody in a knock, which asks just that
 * @param address where the sender is reached
 * @param boot drawn at random when the sender's transport was started
 * @param generation rises with each connection the sender makes; of a knock, the number that its answer repeats
 * @param proof see {@link Cookie}
 * @param offer null if the session is not sealed
 */
record Hello(
        String clusterName,
        NodeId from,
        Optional<NodeId> to,
        String address,
        long boot,
        long generation,
        Bytes proof,
        SealOffer offer) {
    static final int VERSION = 1;
    /** Of sealed sessions. */
    static final int SEALED_VERSION = 2;

    /** The hello of a session that is not sealed. */
    Hello(
            String clusterName,
            NodeId from,
            Optional<NodeId> to,
            String address,
            long boot,
            long generation,
            Bytes proof) {
        this(clusterName, from, to, address, boot, generation, proof, null);
    }

    void encode(Encoder out) {
        out.writeByte(offer == null ? VERSION : SEALED_VERSION);
        encodeUnproven(out);
        out.writeBytes(proof);
    }

    /** What the proof covers. */
    void encodeUnproven(Encoder out) {
        out.writeString(clusterName);
        out.writeNode(from);
        out.writeBoolean(to.isPresent());
        to.ifPresent(out::writeNode);
        out.writeString(address);
        out.writeLong(boot);
        out.writeLong(generation);
        if (offer != null) {
            offer.encode(out);
        }
    }

    Hello withProof(Bytes itsProof) {
        return new Hello(clusterName, from, to, address, boot, generation, itsProof, offer);
    }

    /**
     * @return null for a hello of another version
     * @throws DecodeException for any other bytes that are no hello
     */
    static Hello decode(Decoder in) {
        int version = in.readByte();
        if (version != VERSION && version != SEALED_VERSION) {
            return null;
        }
        String clusterName = in.readString();
        NodeId from = in.readNode();
        Optional<NodeId> to = in.readBoolean() ? Optional.of(in.readNode()) : Optional.empty();
        String address = in.readString();
        long boot = in.readLong();
        long generation = in.readLong();
        SealOffer offer = version == SEALED_VERSION ? SealOffer.decode(in) : null;
        Bytes proof = in.readBytes();
        in.expectEnd();
        return new Hello(clusterName, from, to, address, boot, generation, proof, offer);
    }
}
