package io.orrery.transport.aeron;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * The first message of a session: who sends, to whom, and a proof that the sender knows the cluster's cookie.
 *
 * @param clusterName of the sender's cluster
 * @param from the sender
 * @param to whom the sender means to reach at this address
 * @param boot drawn at random when the sender's transport was made
 * @param generation rises with each connection the sender makes to this peer
 * @param proof see {@link Cookie}
 */
record Hello(String clusterName, NodeId from, NodeId to, long boot, long generation, Bytes proof) {
    static final int VERSION = 1;

    void encode(Encoder out) {
        out.writeByte(VERSION);
        out.writeString(clusterName);
        out.writeNode(from);
        out.writeNode(to);
        out.writeLong(boot);
        out.writeLong(generation);
        out.writeBytes(proof);
    }

    /**
     * @return null for a hello of another version
     * @throws DecodeException for any other bytes that are no hello
     */
    static Hello decode(Decoder in) {
        if (in.readByte() != VERSION) {
            return null;
        }
        String clusterName = in.readString();
        NodeId from = in.readNode();
        NodeId to = in.readNode();
        long boot = in.readLong();
        long generation = in.readLong();
        Bytes proof = in.readBytes();
        in.expectEnd();
        return new Hello(clusterName, from, to, boot, generation, proof);
    }
}
