package io.orrery.kernel.seal;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What all frames of a node are bound to beside the key: its cluster's name and the cookie. They are part of each frame's
 * associated data, so a frame of another cluster never opens, even under the same key.
 */
public final class SealScope {
    private static final byte[] COOKIE = "orrery seal cookie".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLUSTER = "orrery seal cluster".getBytes(StandardCharsets.US_ASCII);

    private final Cipherer ciphers;
    private final byte[] cluster;
    private final byte[] cookie;

    /**
     * @param cluster the cluster's name
     * @param cookie the secret that its nodes share, beside their keys; may be empty
     */
    public SealScope(Cipherer ciphers, String cluster, byte[] cookie) {
        Check.argument(!cluster.isEmpty(), "a cluster has a name");
        this.ciphers = ciphers;
        this.cluster = cluster.getBytes(StandardCharsets.UTF_8);
        this.cookie = ciphers.hmac(COOKIE, cookie);
    }

    Cipherer ciphers() {
        return ciphers;
    }

    /** The associated data of frames from one node to another, beside their header. */
    byte[] context(NodeId from, NodeId to) {
        Encoder out = new Encoder(256, 4096);
        out.writeBytes(Bytes.wrap(cluster));
        out.writeRaw(cookie, 0, cookie.length);
        out.writeNode(from);
        out.writeNode(to);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    /** Lets a node that has the key see that the cluster is another, without telling who has not. */
    short clusterTag(SealKey key) {
        return tag(ciphers.hmac(key.material(), CLUSTER, cluster));
    }

    /** The same for the cookie. */
    short cookieTag(SealKey key) {
        return tag(ciphers.hmac(key.material(), COOKIE, cookie));
    }

    private static short tag(byte[] hash) {
        return (short) ((hash[0] & 0xFF) << 8 | hash[1] & 0xFF);
    }
}
