package io.orrery.server.bench;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.kernel.host.JdkCipherer;
import io.orrery.kernel.seal.Cipherer;
import io.orrery.kernel.seal.DatagramOpener;
import io.orrery.kernel.seal.DatagramSealer;
import io.orrery.kernel.seal.KeyRing;
import io.orrery.kernel.seal.SealHeader;
import io.orrery.kernel.seal.SealKey;
import io.orrery.kernel.seal.SealScope;
import io.orrery.kernel.seal.StreamOpener;
import io.orrery.kernel.seal.StreamSealer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Seals and opens frames in one thread, by what the transports use. */
public final class SealBench {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;
    private static final Channel CHANNEL = new Channel(1, 0, Delivery.STREAM);
    private static final Codec<Bytes> RAW =
            Codec.of((bytes, out) -> out.writeRaw(bytes), in -> in.readRaw(in.remaining()));

    private final int frames;
    private final Cipherer ciphers = new JdkCipherer();
    private final SealScope scope = new SealScope(ciphers, "orrery", "cookie".getBytes(StandardCharsets.US_ASCII));
    private final KeyRing ring = KeyRing.EMPTY.with(
            SealKey.of(ciphers, "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));
    private final NodeId a = NodeId.of("a");
    private final NodeId b = NodeId.of("b");
    private final CRC32C crc = new CRC32C();

    /**
     * @param frames of a round
     */
    public SealBench(int frames) {
        this.frames = frames;
    }

    private interface Work {
        /** Does it so many times; the answer keeps it from being optimised away. */
        long times(int count);
    }

    /** Processor time of one in nanoseconds, the median of several rounds after some to warm up. */
    private double median(Work work) {
        double[] nanos = new double[ROUNDS];
        long kept = 0;
        for (int i = 0; i < WARM_UPS; i++) {
            kept += work.times(frames);
        }
        for (int round = 0; round < ROUNDS; round++) {
            long start = CPU.getCurrentThreadCpuTime();
            kept += work.times(frames);
            nanos[round] = (double) (CPU.getCurrentThreadCpuTime() - start) / frames;
        }
        Check.that(kept != 0, "the work was done");
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2];
    }

    /** Measures frames of one size, header included. */
    public SealRow run(int frameBytes) {
        byte[] payload = new byte[frameBytes - Frame.HEADER_BYTES];
        Arrays.fill(payload, (byte) 'x');
        Bytes message = Bytes.wrap(payload);
        double plain = median(count -> plain(message, count));
        Encoder encoder = new Encoder(frameBytes, frameBytes);
        Frame.encode(CHANNEL, RAW, message, crc, encoder);
        byte[] frame = Arrays.copyOf(encoder.buffer(), encoder.position());
        byte[] small = Arrays.copyOf(frame, Math.min(frame.length, Delivery.DATAGRAM_BYTES_MAX));
        double seal = median(count -> seal(frame, count));
        double both = median(count -> sealAndOpen(frame, count));
        return new SealRow(
                frameBytes,
                plain,
                seal,
                Math.max(0, both - seal),
                median(count -> datagrams(small, count)),
                median(count -> proofs(small, count)));
    }

    private long plain(Bytes message, int count) {
        Encoder encoder = new Encoder(2048, 2048);
        long kept = 0;
        for (int i = 0; i < count; i++) {
            Frame.encode(CHANNEL, RAW, message, crc, encoder);
            byte[] arrived = Arrays.copyOf(encoder.buffer(), encoder.position());
            kept += Frame.fault(arrived, 0, arrived.length, crc) == null ? arrived.length : 0;
        }
        return kept;
    }

    private long seal(byte[] frame, int count) {
        StreamSealer sealer = new StreamSealer(scope, () -> ring, a, b, new byte[16]);
        byte[] out = new byte[frame.length + SealHeader.STREAM_OVERHEAD_BYTES];
        long kept = 0;
        for (int i = 0; i < count; i++) {
            kept += sealer.seal(frame, 0, frame.length, out, 0) + (out[30] & 1);
        }
        return kept;
    }

    private long sealAndOpen(byte[] frame, int count) {
        StreamSealer sealer = new StreamSealer(scope, () -> ring, a, b, new byte[16]);
        StreamOpener opener = new StreamOpener(scope, () -> ring, a, b, new byte[16]);
        byte[] out = new byte[frame.length + SealHeader.STREAM_OVERHEAD_BYTES];
        long kept = 0;
        for (int i = 0; i < count; i++) {
            kept += opener.open(out, 0, sealer.seal(frame, 0, frame.length, out, 0)).length;
        }
        return kept;
    }

    private long datagrams(byte[] frame, int count) {
        DatagramSealer sealer = new DatagramSealer(scope, () -> ring, a, new byte[16]);
        DatagramOpener opener = new DatagramOpener(scope, () -> ring, b);
        byte[] out = new byte[frame.length + SealHeader.DATAGRAM_OVERHEAD_BYTES];
        long kept = 0;
        for (int i = 0; i < count; i++) {
            kept += opener.open(a, out, 0, sealer.seal(b, frame, 0, frame.length, out, 0)).length;
        }
        return kept;
    }

    private long proofs(byte[] frame, int count) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[] {1, 2, 3}, "HmacSHA256"));
            long kept = 0;
            for (int i = 0; i < 2 * count; i++) {
                mac.update(frame);
                kept += mac.doFinal()[0] | 1;
            }
            return kept == 0 ? 1 : kept;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
