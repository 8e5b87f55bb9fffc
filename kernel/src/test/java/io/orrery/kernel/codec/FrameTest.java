package io.orrery.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Prng;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final Codec<String> TEXT = new Codec<>() {
        @Override
        public int version() {
            return 3;
        }

        @Override
        public void encode(String message, Encoder out) {
            out.writeString(message);
        }

        @Override
        public String decode(Decoder in) {
            return in.readString();
        }
    };

    private final CRC32C crc = new CRC32C();

    @Test
    void aFrameIsTheseBytes() {
        byte[] frame = frame("hi");
        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("724f0301" + "04000300" + "0700000000000000" + "03000000" + "1fc533a1" + "026869");
    }

    @Test
    void theHeaderReadsBack() {
        byte[] frame = frame("hello");
        assertThat(Frame.fault(frame, 0, frame.length, crc)).isNull();
        assertThat(Frame.version(frame, 0)).isEqualTo(3);
        assertThat(Frame.delivery(frame, 0)).isEqualTo(Delivery.STREAM);
        assertThat(Frame.protocol(frame, 0)).isEqualTo((short) 4);
        assertThat(Frame.group(frame, 0)).isEqualTo(7);
    }

    @Test
    void everySingleBitFlipIsFound() {
        byte[] frame = frame("some payload of a message");
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] flipped = frame.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(Frame.fault(flipped, 0, flipped.length, crc))
                    .as("bit %d", bit)
                    .isNotNull();
        }
    }

    @Test
    void everyTruncationIsFound() {
        byte[] frame = frame("some payload");
        for (int length = 0; length < frame.length; length++) {
            assertThat(Frame.fault(frame, 0, length, crc))
                    .as("length %d", length)
                    .isNotNull();
        }
    }

    @Test
    void noiseIsNeverAFrame() {
        Prng prng = new Prng(3);
        for (int round = 0; round < 10_000; round++) {
            byte[] noise = new byte[prng.below(64)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) prng.nextLong();
            }
            assertThat(Frame.fault(noise, 0, noise.length, crc)).isNotNull();
        }
    }

    private byte[] frame(String message) {
        Encoder out = new Encoder();
        Frame.encode(new Channel(4, 7, Delivery.STREAM), TEXT, message, crc, out);
        return Arrays.copyOf(out.buffer(), out.position());
    }
}
