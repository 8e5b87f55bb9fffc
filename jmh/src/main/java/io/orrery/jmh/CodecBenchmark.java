package io.orrery.jmh;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.message.GossipCodec;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.Header;
import io.orrery.gossip.message.Held;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.raft.log.Entry;
import io.orrery.raft.message.AppendEntries;
import io.orrery.raft.message.RaftCodec;
import io.orrery.raft.message.RaftMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message to a whole frame and back, as between two nodes: encode, checksum, check, decode. An AppendEntries of four
 * entries of 32 bytes, a gossip ping without rumours, and the frame's own share with a payload of 128 bytes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xms1g",
            "-Xmx1g"
        })
@State(Scope.Thread)
public class CodecBenchmark {
    private static final Channel CHANNEL = new Channel(4, 7, Delivery.STREAM);

    private final Encoder encoder = new Encoder();
    private final Decoder decoder = new Decoder();
    private final CRC32C crc = new CRC32C();
    private final RaftMessage append = append();
    private final GossipMessage ping = ping();
    private final Bytes payload = Bytes.wrap(new byte[128]);
    private final Codec<Bytes> raw = new RawCodec();

    private static RaftMessage append() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Bytes command = Bytes.wrap(new byte[32]);
            entries.add(new Entry(1_000_001 + i, 12, 1_795_000_000_000L + i, Entry.Kind.COMMAND, command));
        }
        return new AppendEntries(12, 1_000_000, 12, 999_990, entries);
    }

    private static GossipMessage ping() {
        Incarnation incarnation = new Incarnation(1_795_000_000_000L, 3);
        Header header = new Header("production", incarnation);
        return new GossipMessage.Ping(header, 123_456, new Held(MemberState.ALIVE, incarnation), List.of());
    }

    @Benchmark
    public Object raftAppendEntriesThereAndBack() {
        return thereAndBack(RaftCodec.INSTANCE, append);
    }

    @Benchmark
    public Object gossipPingThereAndBack() {
        return thereAndBack(GossipCodec.INSTANCE, ping);
    }

    @Benchmark
    public Object frameOf128BytesThereAndBack() {
        return thereAndBack(raw, payload);
    }

    private <M> M thereAndBack(Codec<M> codec, M message) {
        Frame.encode(CHANNEL, codec, message, crc, encoder);
        byte[] frame = encoder.buffer();
        int length = encoder.position();
        if (Frame.fault(frame, 0, length, crc) != null) {
            throw new IllegalStateException("a frame that was just written has a fault");
        }
        decoder.wrap(frame, Frame.HEADER_BYTES, length - Frame.HEADER_BYTES);
        decoder.version(Frame.version(frame, 0));
        M decoded = codec.decode(decoder);
        decoder.expectEnd();
        return decoded;
    }

    private static final class RawCodec implements Codec<Bytes> {
        @Override
        public void encode(Bytes message, Encoder out) {
            out.writeRaw(message);
        }

        @Override
        public Bytes decode(Decoder in) {
            return in.readRaw(in.remaining());
        }
    }
}
