package io.orrery.sim.network;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.DatagramOpener;
import io.orrery.kernel.seal.DatagramSealer;
import io.orrery.kernel.seal.SealHeader;
import io.orrery.kernel.seal.StreamOpener;
import io.orrery.kernel.seal.StreamSealer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Seals and opens the frames of one direction between two nodes, as their transports would: a salt for each connection, and
 * one for the datagrams of each start of the sender. A salt is made of names and counts, so it costs no luck.
 */
final class LinkSeal {
    private static final int DATAGRAM_SALT_BYTES = 16;
    private static final long NONE = -1;

    private final Seals seals;
    private final NodeId from;
    private final NodeId to;
    private DatagramSealer datagramSealer;
    private DatagramOpener datagramOpener;
    private StreamSealer sealer;
    private StreamOpener opener;
    private long sealing = NONE;
    private long opening = NONE;
    private long starts;

    LinkSeal(Seals seals, NodeId from, NodeId to) {
        this.seals = seals;
        this.from = from;
        this.to = to;
    }

    private byte[] salt(String what, long number) {
        Cipherer ciphers = seals.ciphers();
        String text = what + " " + number + " " + from + " " + to;
        return ciphers.hmac(new byte[] {1}, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] sealDatagram(byte[] frame, int length) {
        if (datagramSealer == null) {
            byte[] salt = Arrays.copyOf(salt("start", starts), DATAGRAM_SALT_BYTES);
            datagramSealer = new DatagramSealer(seals.scope(), () -> seals.ring(from), from, salt);
        }
        byte[] sealed = new byte[length + SealHeader.DATAGRAM_OVERHEAD_BYTES];
        datagramSealer.seal(to, frame, 0, length, sealed, 0);
        seals.onSealed();
        return sealed;
    }

    /** Null if it does not open. */
    byte[] openDatagram(byte[] sealed) {
        if (datagramOpener == null) {
            datagramOpener = new DatagramOpener(seals.scope(), () -> seals.ring(to), to);
        }
        byte[] frame = datagramOpener.open(from, sealed, 0, sealed.length);
        seals.onOpened(frame == null ? datagramOpener.fault() : null);
        return frame;
    }

    byte[] sealStream(long connection, byte[] frame, int length) {
        if (sealing != connection) {
            sealing = connection;
            sealer = new StreamSealer(seals.scope(), () -> seals.ring(from), from, to, salt("connection", connection));
        }
        byte[] sealed = new byte[length + SealHeader.STREAM_OVERHEAD_BYTES];
        sealer.seal(frame, 0, length, sealed, 0);
        seals.onSealed();
        return sealed;
    }

    /** Null if it does not open: the connection is to be ended. */
    byte[] openStream(long connection, byte[] sealed) {
        if (opening != connection) {
            opening = connection;
            opener = new StreamOpener(seals.scope(), () -> seals.ring(to), from, to, salt("connection", connection));
        }
        byte[] frame = opener.open(sealed, 0, sealed.length);
        seals.onOpened(frame == null ? opener.fault() : null);
        return frame;
    }

    void onSenderCrash() {
        datagramSealer = null;
        starts++;
    }

    void onReceiverCrash() {
        datagramOpener = null;
    }
}
