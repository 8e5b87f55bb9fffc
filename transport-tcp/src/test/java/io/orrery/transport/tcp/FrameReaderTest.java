package io.orrery.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static ByteBuf frames(byte[]... frames) {
        ByteBuf out = Unpooled.buffer();
        for (byte[] frame : frames) {
            out.writeIntLE(frame.length).writeBytes(frame);
        }
        return out;
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void framesComeOutWhereverTheBytesAreCut() {
        byte[][] sent = {pattern(0), pattern(1), pattern(300), pattern(5), pattern(128), pattern(0), pattern(70)};
        ByteBuf whole = frames(sent);
        for (int step = 1; step < 20; step++) {
            FrameReader reader = new FrameReader(1000);
            List<byte[]> received = new ArrayList<>();
            for (int at = 0; at < whole.writerIndex(); at += step) {
                ByteBuf part = whole.slice(at, Math.min(step, whole.writerIndex() - at));
                for (byte[] frame = reader.read(part); frame != null; frame = reader.read(part)) {
                    received.add(frame);
                }
                assertThat(part.isReadable()).isFalse();
            }
            assertThat(received).containsExactly(sent);
        }
    }

    @Test
    void aLargeFrameGrowsWithItsBytes() {
        byte[] large = pattern(3_000_000);
        ByteBuf in = frames(large);
        FrameReader reader = new FrameReader(16 * 1024 * 1024);
        byte[] received = null;
        while (received == null) {
            received = reader.read(in.readSlice(Math.min(10_000, in.readableBytes())));
        }
        assertThat(received).isEqualTo(large);
    }

    @Test
    void lengthsBeyondTheLimitAreRefusedAtOnce() {
        for (int length : new int[] {1001, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            FrameReader reader = new FrameReader(1000);
            assertThatThrownBy(() -> reader.read(Unpooled.buffer().writeIntLE(length)))
                    .isInstanceOf(FrameReader.Garbage.class);
            FrameReader byBytes = new FrameReader(1000);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4; i++) {
                            byBytes.read(Unpooled.buffer().writeByte(length >>> 8 * i));
                        }
                    })
                    .isInstanceOf(FrameReader.Garbage.class);
        }
    }
}
