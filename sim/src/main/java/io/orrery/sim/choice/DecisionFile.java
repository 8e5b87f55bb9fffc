package io.orrery.sim.choice;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A run as a file: its scenario, and the choices that were made.
 *
 * <pre>
 *   file   = "ORDL" version=1 scenario count decision* crc32c
 *   decision = varint(track * 2 + told) [label, if the track is new] [varint bound, if told] value
 * </pre>
 *
 * <p>A bound is told when it is not the one that the track had last. A value takes as many bytes as its bound needs, low
 * byte first.
 *
 * @param scenario the text of the scenario that was run
 * @param log its choices
 */
public record DecisionFile(String scenario, DecisionLog log) {
    /** How such a file begins. */
    public static final int MAGIC = 0x4F52444C;

    private static final int VERSION = 1;
    private static final int CRC_BYTES = 4;
    private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

    /** Whether bytes look like such a file, whole or not. */
    public static boolean isOne(byte[] file) {
        return file.length >= 4
                && file[0] == MAGIC >>> 24
                && file[1] == (byte) (MAGIC >>> 16)
                && file[2] == (byte) (MAGIC >>> 8)
                && file[3] == (byte) MAGIC;
    }

    public byte[] encode() {
        Encoder out = new Encoder(1 << 16, BYTES_MAX);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.writeByte(MAGIC >>> shift);
        }
        out.writeByte(VERSION);
        out.writeString(scenario);
        out.writeVarLong(log.size());
        long[] bounds = new long[log.labels().size()];
        int known = 0;
        for (int i = 0; i < log.size(); i++) {
            int track = log.track(i);
            boolean told = bounds[track] != log.bound(i);
            out.writeVarLong(track * 2L + (told ? 1 : 0));
            if (track == known) {
                out.writeString(log.labels().get(known++));
            }
            if (told) {
                bounds[track] = log.bound(i);
                out.writeVarLong(log.bound(i));
            }
            for (int at = 0; at < width(log.bound(i)); at++) {
                out.writeByte((int) (log.value(i) >>> 8 * at));
            }
        }
        int crc = crc(out.buffer(), out.position());
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.writeByte(crc >>> shift);
        }
        return Arrays.copyOf(out.buffer(), out.position());
    }

    /**
     * Reads a file.
     *
     * @throws DecodeException that says at which byte it is not one, and why
     */
    public static DecisionFile decode(byte[] file) {
        if (!isOne(file) || file.length < 4 + 1 + CRC_BYTES) {
            throw new DecodeException("byte 0: expected a decision log, which begins with ORDL");
        }
        if (file[4] != VERSION) {
            throw new DecodeException("byte 4: expected version " + VERSION + " of the format, found " + file[4]);
        }
        int end = file.length - CRC_BYTES;
        int told = 0;
        for (int i = 0; i < CRC_BYTES; i++) {
            told = told << 8 | file[end + i] & 0xFF;
        }
        if (told != crc(file, end)) {
            throw new DecodeException("byte " + end + ": the checksum does not fit; the file is cut short or damaged");
        }
        Decoder in = new Decoder();
        in.wrap(file, 5, end - 5);
        try {
            String scenario = in.readString();
            DecisionLog log = new DecisionLog();
            long count = in.readVarLong();
            long[] bounds = new long[0];
            for (long i = 0; i < count; i++) {
                bounds = readDecision(in, log, bounds);
            }
            in.expectEnd();
            return new DecisionFile(scenario, log);
        } catch (DecodeException wrong) {
            throw new DecodeException("byte " + (end - in.remaining()) + ": " + wrong.getMessage());
        }
    }

    private static long[] readDecision(Decoder in, DecisionLog log, long[] bounds) {
        long head = in.readVarLong();
        int known = log.labels().size();
        if (head < 0 || head >>> 1 > known) {
            throw new DecodeException("expected one of " + known + " tracks or the next, found " + (head >>> 1));
        }
        int track = (int) (head >>> 1);
        long[] wider = bounds;
        if (track == known) {
            String label = in.readString();
            if (log.findTrack(label) >= 0) {
                throw new DecodeException("expected a new track, found '" + label + "' again");
            }
            log.trackOf(label);
            wider = Arrays.copyOf(bounds, known + 1);
        }
        if ((head & 1) != 0) {
            wider[track] = in.readVarLong();
        }
        long bound = wider[track];
        if (bound < 1 || bound >= 1L << 62) {
            throw new DecodeException("expected a bound of 1 to 2^62 - 1, found " + bound);
        }
        long value = 0;
        for (int at = 0; at < width(bound); at++) {
            value |= (long) in.readByte() << 8 * at;
        }
        if (value < 0 || value >= bound || log.size() >= DecisionLog.DECISIONS_MAX) {
            throw new DecodeException("expected a value below " + bound + ", found " + value);
        }
        log.add(track, bound, value);
        return wider;
    }

    /** Bytes that a value below the bound takes: none where there is no choice. */
    private static int width(long bound) {
        return (64 - Long.numberOfLeadingZeros(bound - 1) + 7) / 8;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
