package io.orrery.kernel.codec;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The envelope of a message on any wire, {@value #HEADER_BYTES} bytes before the payload, little-endian:
 *
 * <pre>
 *  0 magic    u16   0x4F72, "Or"
 *  2 version  u8    of the payload, see {@link Codec#version()}
 *  3 delivery u8    0 datagram, 1 stream
 *  4 protocol u16 ┐
 *  6 newest   u8  │ version of the payload that the sender reads; zero means 1
 *  7 spare    u8  │ zero
 *  8 group    u64 ┘ with protocol: the channel
 * 16 length   u32   of the payload
 * 20 crc32c   u32   of bytes 0 to 19 and the payload
 * 24 payload
 * </pre>
 */
public final class Frame {
    public static final int HEADER_BYTES = 24;

    private static final int MAGIC = 0x4F72;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Delivery[] DELIVERIES = Delivery.values();

    private Frame() {}

    /** Writes a whole frame in the codec's newest version, from the encoder's start. */
    public static <M> void encode(Channel channel, Codec<M> codec, M message, CRC32C crc, Encoder out) {
        encode(channel, codec, codec.version(), codec.version(), message, crc, out);
    }

    /**
     * Writes a whole frame, from the encoder's start.
     *
     * @param version of the payload
     * @param newest version that this node reads
     */
    public static <M> void encode(
            Channel channel, Codec<M> codec, int version, int newest, M message, CRC32C crc, Encoder out) {
        out.clear();
        out.version(version);
        out.writeShort(MAGIC);
        out.writeByte(version);
        out.writeByte(channel.delivery().ordinal());
        out.writeShort(channel.protocol());
        out.writeShort(newest == 1 ? 0 : newest);
        out.writeLong(channel.group());
        out.writeInt(0);
        out.writeInt(0);
        codec.encode(message, out);
        out.setInt(16, out.position() - HEADER_BYTES);
        out.setInt(20, checksum(out.buffer(), 0, out.position(), crc));
    }

    /** Writes the checksum anew, for a frame whose bytes were changed on purpose: simulators and tests. */
    public static void seal(byte[] array, int offset, int length, CRC32C crc) {
        INT.set(array, offset + 20, checksum(array, offset, length, crc));
    }

    private static int checksum(byte[] array, int offset, int length, CRC32C crc) {
        crc.reset();
        crc.update(array, offset, 20);
        crc.update(array, offset + HEADER_BYTES, length - HEADER_BYTES);
        return (int) crc.getValue();
    }

    /**
     * Says what is wrong with a frame, or null if nothing is: magic, length and checksum. Bounds are checked first, so
     * any bytes may be given.
     */
    public static String fault(byte[] array, int offset, int length, CRC32C crc) {
        if (length < HEADER_BYTES) {
            return "shorter than a header";
        }
        if ((short) SHORT.get(array, offset) != (short) MAGIC) {
            return "wrong magic";
        }
        if ((array[offset + 3] & 0xFF) >= DELIVERIES.length) {
            return "unknown delivery class";
        }
        if ((int) INT.get(array, offset + 16) != length - HEADER_BYTES) {
            return "wrong length";
        }
        if ((int) INT.get(array, offset + 20) != checksum(array, offset, length, crc)) {
            return "wrong checksum";
        }
        return null;
    }

    public static int version(byte[] array, int offset) {
        return array[offset + 2] & 0xFF;
    }

    /** The newest version that the sender reads. */
    public static int newest(byte[] array, int offset) {
        return Math.max(1, array[offset + 6] & 0xFF);
    }

    public static Delivery delivery(byte[] array, int offset) {
        return DELIVERIES[array[offset + 3]];
    }

    public static short protocol(byte[] array, int offset) {
        return (short) SHORT.get(array, offset + 4);
    }

    public static long group(byte[] array, int offset) {
        return (long) LONG.get(array, offset + 8);
    }

    /** The checksum as sent; also a digest of the frame. */
    public static int crc(byte[] array, int offset) {
        return (int) INT.get(array, offset + 20);
    }
}
