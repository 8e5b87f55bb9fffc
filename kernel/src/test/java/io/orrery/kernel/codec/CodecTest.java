package io.orrery.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import org.junit.jupiter.api.Test;

class CodecTest {
    @Test
    void everyKindOfValueComesBack() {
        Encoder out = new Encoder(1, 1 << 20);
        out.writeByte(255);
        out.writeBoolean(true);
        out.writeShort(-2);
        out.writeInt(Integer.MIN_VALUE);
        out.writeLong(Long.MAX_VALUE);
        out.writeVarLong(0);
        out.writeVarLong(127);
        out.writeVarLong(128);
        out.writeVarLong(-1);
        out.writeBytes(Bytes.ofUtf8("payload"));
        out.writeString("grüße");
        out.writeNode(NodeId.of("n1@host"));
        out.writeNode(NodeId.of("n1@host"));
        Decoder in = out.toBytes().decoder();
        assertThat(in.readByte()).isEqualTo(255);
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.readShort()).isEqualTo(-2);
        assertThat(in.readInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(in.readLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.readVarLong()).isZero();
        assertThat(in.readVarLong()).isEqualTo(127);
        assertThat(in.readVarLong()).isEqualTo(128);
        assertThat(in.readVarLong()).isEqualTo(-1);
        assertThat(in.readBytes()).isEqualTo(Bytes.ofUtf8("payload"));
        assertThat(in.readString()).isEqualTo("grüße");
        NodeId first = in.readNode();
        assertThat(first).isEqualTo(NodeId.of("n1@host"));
        assertThat(in.readNode()).isSameAs(first);
        in.expectEnd();
    }

    @Test
    void whatIsClaimedIsTheCallersToSetAndTheRestGoesBehindIt() {
        Encoder out = new Encoder(4, 64);
        out.writeByte(1);
        int at = out.claim(8);
        out.writeByte(3);
        out.setLong(at, 2);
        Decoder in = out.toBytes().decoder();
        assertThat(in.readByte()).isEqualTo(1);
        assertThat(in.readLong()).isEqualTo(2);
        assertThat(in.readByte()).isEqualTo(3);
    }

    @Test
    void integersAreLittleEndian() {
        Encoder out = new Encoder();
        out.writeInt(0x01020304);
        assertThat(out.toBytes().toByteArray()).containsExactly(4, 3, 2, 1);
    }

    @Test
    void aMessageThatEndsEarlyIsRefusedAtEachField() {
        Decoder in = Bytes.wrap(new byte[] {1}).decoder();
        assertThatThrownBy(in::readShort).isInstanceOf(DecodeException.class);
        assertThatThrownBy(in::readInt).isInstanceOf(DecodeException.class);
        assertThatThrownBy(in::readLong).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> in.readRaw(2)).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> in.readRaw(-1)).isInstanceOf(DecodeException.class);
        assertThatThrownBy(in::expectEnd).isInstanceOf(DecodeException.class);
    }

    @Test
    void aCountThatTheRestCannotHoldIsRefusedBeforeAnythingIsAllocated() {
        Encoder out = new Encoder();
        out.writeVarLong(1L << 40);
        assertThatThrownBy(() -> out.toBytes().decoder().readCount(1)).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> out.toBytes().decoder().readBytes()).isInstanceOf(DecodeException.class);
        out.clear();
        out.writeVarLong(-1);
        assertThatThrownBy(() -> out.toBytes().decoder().readCount(0)).isInstanceOf(DecodeException.class);
    }

    @Test
    void badTextAndBadNamesAreRefused() {
        Bytes invalid = Bytes.wrap(new byte[] {2, (byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> invalid.decoder().readString()).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> invalid.decoder().readNode()).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Bytes.wrap(new byte[] {0}).decoder().readNode())
                .isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> Bytes.wrap(new byte[] {2}).decoder().readBoolean())
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void anEncoderRefusesToGrowBeyondItsLimit() {
        Encoder out = new Encoder(8, 16);
        out.writeLong(1);
        out.writeLong(2);
        assertThatThrownBy(() -> out.writeByte(3)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void randomBytesNeverThrowAnythingButADecodeException() {
        Prng prng = new Prng(11);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[prng.below(40)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) prng.nextLong();
            }
            Decoder in = Bytes.wrap(noise).decoder();
            try {
                while (in.remaining() > 0) {
                    readAnything(in, prng.below(7));
                }
            } catch (DecodeException expected) {
                assertThat(expected.getMessage()).isNotEmpty();
            }
        }
    }

    private static void readAnything(Decoder in, int kind) {
        switch (kind) {
            case 0 -> in.readVarLong();
            case 1 -> in.readString();
            case 2 -> in.readNode();
            case 3 -> in.readBytes();
            case 4 -> in.readBoolean();
            case 5 -> in.readCount(3);
            default -> in.readLong();
        }
    }
}
