package io.orrery.sim.choice;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The text of a scenario in few bytes: deflated (RFC 1951) behind words that scenarios are made of, so that the log of a run of
 * some hundred events is not mostly the lines of its plan. The words are part of the format and never change.
 *
 * <pre>
 *   packed = varint(bytes of the text) varint(bytes of what follows) deflated
 * </pre>
 */
final class PackedText {
    /** A text of a scenario is far from that; a damaged length is not. */
    static final int TEXT_BYTES_MAX = 1 << 24;

    /** What stands last is the cheapest to refer to. */
    private static final byte[] WORDS = ("operations none expect unavailable survival settle 120s wipe n1 lie honest"
                    + " rot-snapshot rot bad-sector misdirect-read misdirect-write fail-sync space thaw freeze sector 4096"
                    + " disk n2 sector 512 full after 64KB limp 200KB/s syncing power-loss n1,n2,n3 hunt voters hunt leaders"
                    + " hunt reigns hunt candidates hunt changes hunt truncations keys install 2 keys use 2 keys remove 1 seal"
                    + " swizzle flap every 300ms for 5s ring bridge n3 : n1,n2 | n4,n5 isolate n2 rejoin n2 stream n1>n2 reset"
                    + " version n2 1 busy n1 exp 1ms tail 10us..50us 1000ppm 500ms min 5ms far 30ms clog unclog cut mend corrupt"
                    + " clock n1 drift +200ppm clock n2 skew -250ms clock n3 step -3s pause n2 800ms crash n3 after 17 events"
                    + " crash n2 after 5 writes crash n1 syncing restart n3 heal partition n1,n2 | n3 disk n1 slow 8105us disk n3"
                    + " healthy\nlink * delay exp link n1>n3 delay 200us..3000us loss 1000ppm duplicate 100ppm reorder 50ppm\n"
                    + "seed 42\nnodes 3\nnodes 5\nworkload bootstrap\nworkload registry\nworkload gossip\nworkload cluster\n"
                    + "workload raft\nrate 100/s\nrate 20/s\nrate 300/s\noperations all\nhorizon 3s\nhorizon 15s\n"
                    + "settle 60s\nat 0ms link * \nat 0ms disk n1 \nat 1250ms \nus \nat ")
            .getBytes(StandardCharsets.US_ASCII);

    private PackedText() {}

    static void write(String text, Encoder out) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] packed = new byte[raw.length + raw.length / 8 + 64];
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(WORDS);
            deflater.setInput(raw);
            deflater.finish();
            int length = deflater.deflate(packed);
            Check.that(deflater.finished(), "the text fits where its packed form is at its longest", length);
            out.writeVarLong(raw.length);
            out.writeVarLong(length);
            out.writeRaw(packed, 0, length);
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads one.
     *
     * @throws DecodeException if it is none
     */
    static String read(Decoder in) {
        long length = in.readVarLong();
        Bytes packed = in.readBytes();
        if (length < 0 || length > TEXT_BYTES_MAX) {
            throw new DecodeException("expected a scenario of at most " + TEXT_BYTES_MAX + " bytes, found " + length);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(WORDS);
            // Deflate without a header wants a byte more than there is.
            byte[] input = new byte[packed.length() + 1];
            packed.copyTo(input, 0);
            inflater.setInput(input);
            byte[] raw = new byte[(int) length];
            int done = 0;
            int step = 1;
            while (done < raw.length && step > 0) {
                step = inflater.inflate(raw, done, raw.length - done);
                done += step;
            }
            if (done < raw.length) {
                throw new DecodeException("expected a scenario of " + length + " bytes, found " + done);
            }
            return new String(raw, StandardCharsets.UTF_8);
        } catch (DataFormatException damaged) {
            throw new DecodeException("expected a deflated scenario: " + damaged.getMessage());
        } finally {
            inflater.end();
        }
    }
}
