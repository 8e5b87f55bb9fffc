package io.orrery.kernel.seal;

import io.orrery.kernel.Delivery;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A sealed frame, little-endian:
 *
 * <pre>
 *  0 magic    u16  0x734F, "Os"
 *  2 version  u8   1
 *  3 delivery u8   0 datagram, 1 stream
 *  4 key      u32  id of the key of the ring
 *  8 cluster  u16  a tag of the cluster's name, by the key
 * 10 cookie   u16  a tag of the cookie, by the key
 * 12 number   u64  of the frame, under its salt: the nonce
 * 20 salt     16   datagrams only: drawn at the sender's start; a connection agrees on its own
 *    frame         encrypted
 *    tag      16   over all of it, the cluster's name, the cookie and both nodes' names
 * </pre>
 */
public final class SealHeader {
    /** What sealing adds to a frame on a stream. */
    public static final int STREAM_OVERHEAD_BYTES = 20 + Cipherer.TAG_BYTES;

    static final int SALT_BYTES = 16;
    static final int BYTES = 20;

    /** What sealing adds to a datagram. */
    public static final int DATAGRAM_OVERHEAD_BYTES = STREAM_OVERHEAD_BYTES + SALT_BYTES;

    private static final int MAGIC = 0x734F;
    private static final int VERSION = 1;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle NONCE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private SealHeader() {}

    /** What sealing adds to a frame. */
    public static int overheadBytes(Delivery delivery) {
        return delivery == Delivery.STREAM ? STREAM_OVERHEAD_BYTES : DATAGRAM_OVERHEAD_BYTES;
    }

    /** Whether the bytes begin as a sealed frame does. */
    public static boolean isSealed(byte[] array, int offset, int length) {
        return length >= 2 && (short) SHORT.get(array, offset) == (short) MAGIC;
    }

    static void write(byte[] out, int at, Delivery delivery, FlowKeys.Entry key, long number) {
        SHORT.set(out, at, (short) MAGIC);
        out[at + 2] = VERSION;
        out[at + 3] = (byte) delivery.ordinal();
        INT.set(out, at + 4, key.id());
        SHORT.set(out, at + 8, key.clusterTag());
        SHORT.set(out, at + 10, key.cookieTag());
        LONG.set(out, at + 12, number);
    }

    /** What is wrong with the shape, or null. */
    static SealFault fault(byte[] in, int at, int length, Delivery delivery) {
        if (length < overheadBytes(delivery)
                || !isSealed(in, at, length)
                || in[at + 2] != VERSION
                || in[at + 3] != delivery.ordinal()) {
            return SealFault.MALFORMED;
        }
        int lengthMax = delivery == Delivery.STREAM ? Delivery.STREAM_BYTES_MAX : Delivery.DATAGRAM_BYTES_MAX;
        return length - overheadBytes(delivery) > lengthMax ? SealFault.OVERSIZE : null;
    }

    static int key(byte[] in, int at) {
        return (int) INT.get(in, at + 4);
    }

    static short clusterTag(byte[] in, int at) {
        return (short) SHORT.get(in, at + 8);
    }

    static short cookieTag(byte[] in, int at) {
        return (short) SHORT.get(in, at + 10);
    }

    static long number(byte[] in, int at) {
        return (long) LONG.get(in, at + 12);
    }

    /** The nonce of a frame's number; the rest is zero: the salt makes the key, and the delivery class the salt. */
    static void nonce(byte[] out, long number) {
        NONCE.set(out, Cipherer.NONCE_BYTES - 8, number);
    }
}
