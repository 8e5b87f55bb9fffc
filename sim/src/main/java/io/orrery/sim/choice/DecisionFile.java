package io.orrery.sim.choice;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A run as a file: its scenario, and the choices that were made.
 *
 * <pre>
 *   file     = "ORDL" version=3 packed varint(count) varint(seed) decision* filling crc32c
 *   decision = track (1 | 0 bound value)         1: bound and value are those that are expected
 *   track    = 1 | 0 number [label, if it is new]   1: it is the one that is expected; the first is not asked
 *   bound    = 0 | 1 width(6) bound-1            0: it is the one that is expected
 *   value    = 1 | 0 number                      1: it is the one that is expected
 *   label    = length(16) UTF-8
 * </pre>
 *
 * <p>Decisions are bits; a number takes as many as the largest that is possible there. What is expected, says {@link
 * Expectation}: above all that a choice fell as the log's seed has it, since most did. So the file leans on {@link
 * io.orrery.kernel.Prng}, whose algorithm is frozen, and on nothing else of a run: a stream that asks once more, or in
 * another order, finds its choices as they were. The scenario is packed as {@link PackedText} has it. Version 2, in which it is
 * plain, and version 1, in which the decisions are too, are read as well.
 *
 * @param scenario the text of the scenario that was run
 * @param log its choices
 */
public record DecisionFile(String scenario, DecisionLog log) {
    /** How such a file begins. */
    public static final int MAGIC = 0x4F52444C;

    private static final int PLAIN_VERSION = 1;
    private static final int PLAIN_SCENARIO_VERSION = 2;
    private static final int VERSION = 3;
    private static final int CRC_BYTES = 4;
    private static final int BYTES_MAX = Integer.MAX_VALUE - 64;
    private static final int WIDTH_BITS = 6;
    private static final int LENGTH_BITS = 16;

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
        PackedText.write(scenario, out);
        out.writeVarLong(log.size());
        out.writeVarLong(log.seed());
        BitWriter bits = new BitWriter(out);
        Expectation expected = new Expectation(log.seed());
        for (int i = 0; i < log.size(); i++) {
            writeTrack(bits, expected, log.track(i));
            writeDecision(bits, expected, log.track(i), log.bound(i), log.value(i));
        }
        bits.end();
        int crc = crc(out.buffer(), out.position());
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.writeByte(crc >>> shift);
        }
        return Arrays.copyOf(out.buffer(), out.position());
    }

    private void writeTrack(BitWriter bits, Expectation expected, int track) {
        if (expected.tracks() > 0) {
            bits.bit(track == expected.track());
            if (track == expected.track()) {
                return;
            }
        }
        bits.bits(track, expected.trackBits());
        if (track == expected.tracks()) {
            String label = log.labels().get(track);
            byte[] text = label.getBytes(StandardCharsets.UTF_8);
            bits.bits(text.length, LENGTH_BITS);
            for (byte one : text) {
                bits.bits(one, Byte.SIZE);
            }
            expected.onTrack(label);
        }
    }

    private static void writeDecision(BitWriter bits, Expectation expected, int track, long bound, long value) {
        boolean isBoundExpected = bound == expected.bound(track);
        boolean isValueExpected = value == expected.onDecision(track, bound);
        bits.bit(isBoundExpected && isValueExpected);
        if (isBoundExpected && isValueExpected) {
            return;
        }
        bits.bit(!isBoundExpected);
        if (!isBoundExpected) {
            bits.bits(width(bound), WIDTH_BITS);
            bits.bits(bound - 1, width(bound));
        }
        bits.bit(isValueExpected);
        if (!isValueExpected) {
            bits.bits(value, width(bound));
        }
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
        if (file[4] < PLAIN_VERSION || file[4] > VERSION) {
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
        String scenario;
        try {
            scenario = file[4] <= PLAIN_SCENARIO_VERSION ? in.readString() : PackedText.read(in);
            if (file[4] == PLAIN_VERSION) {
                return new DecisionFile(scenario, PlainDecisions.read(in));
            }
        } catch (DecodeException wrong) {
            throw new DecodeException("byte " + (end - in.remaining()) + ": " + wrong.getMessage());
        }
        return new DecisionFile(scenario, decisions(file, in, end));
    }

    private static DecisionLog decisions(byte[] file, Decoder in, int end) {
        int before = end - in.remaining();
        BitReader bits = null;
        try {
            long count = in.readVarLong();
            DecisionLog log = new DecisionLog();
            log.seed(in.readVarLong());
            before = end - in.remaining();
            bits = new BitReader(file, before, end);
            Expectation expected = new Expectation(log.seed());
            for (long i = 0; i < count; i++) {
                int track = readTrack(bits, expected, log);
                readDecision(bits, expected, log, track);
            }
            bits.expectEnd();
            return log;
        } catch (DecodeException wrong) {
            throw new DecodeException("byte " + (bits == null ? before : bits.position()) + ": " + wrong.getMessage());
        }
    }

    private static int readTrack(BitReader bits, Expectation expected, DecisionLog log) {
        int known = expected.tracks();
        if (known > 0 && bits.bit()) {
            return expected.track();
        }
        int track = (int) bits.bits(expected.trackBits());
        if (track > known) {
            throw new DecodeException("expected one of " + known + " tracks or the next, found " + track);
        }
        if (track == known) {
            byte[] text = new byte[(int) bits.bits(LENGTH_BITS)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) bits.bits(Byte.SIZE);
            }
            String label = new String(text, StandardCharsets.UTF_8);
            addTrack(log, label);
            expected.onTrack(label);
        }
        return track;
    }

    private static void readDecision(BitReader bits, Expectation expected, DecisionLog log, int track) {
        boolean isExpected = bits.bit();
        boolean isBoundTold = !isExpected && bits.bit();
        long bound = isBoundTold ? bits.bits((int) bits.bits(WIDTH_BITS)) + 1 : expected.bound(track);
        checkBound(bound);
        long value = expected.onDecision(track, bound);
        addDecision(log, track, bound, isExpected || bits.bit() ? value : bits.bits(width(bound)));
    }

    static void addTrack(DecisionLog log, String label) {
        if (log.findTrack(label) >= 0) {
            throw new DecodeException("expected a new track, found '" + label + "' again");
        }
        log.trackOf(label);
    }

    static void checkBound(long bound) {
        if (bound < 1 || bound >= 1L << 62) {
            throw new DecodeException("expected a bound of 1 to 2^62 - 1, found " + bound);
        }
    }

    static void addDecision(DecisionLog log, int track, long bound, long value) {
        if (value < 0 || value >= bound || log.size() >= DecisionLog.DECISIONS_MAX) {
            throw new DecodeException("expected a value below " + bound + ", found " + value);
        }
        log.add(track, bound, value);
    }

    /** Bits that a value below the bound takes: none where there is no choice. */
    static int width(long bound) {
        return Long.SIZE - Long.numberOfLeadingZeros(bound - 1);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
