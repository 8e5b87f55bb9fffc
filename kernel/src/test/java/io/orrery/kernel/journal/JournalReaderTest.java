package io.orrery.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.StorageAction;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JournalReaderTest {
    private static final JournalHeader HEADER = new JournalHeader(
            "test 1",
            NodeId.of("n1"),
            -42,
            new JournalHeader.Limits(1_000, 100, 64, 1 << 20),
            true,
            "test",
            Bytes.ofUtf8("described"));

    /** A journal of one block with these records after the header. */
    private static JournalReader reader(Consumer<Encoder> records) {
        Encoder payload = new Encoder();
        JournalWriter.header(HEADER, payload);
        records.accept(payload);
        return new JournalReader(source(file(payload)));
    }

    private static byte[] file(Encoder payload) {
        Encoder out = new Encoder();
        Block.begin(out);
        byte[] records = payload.toBytes().toByteArray();
        Block.header(records.length, Block.crc(records), out);
        out.writeRaw(payload.toBytes());
        return out.toBytes().toByteArray();
    }

    private static JournalSource source(byte[] bytes) {
        return new JournalSource() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public byte[] read(long offset, int count) {
                return Arrays.copyOfRange(bytes, (int) offset, (int) offset + count);
            }
        };
    }

    @Test
    void whatWasWrittenIsReadBackRecordByRecord() {
        JournalWriter writer = new JournalWriter();
        NodeId from = NodeId.of("n2");
        JournalReader reader = reader(out -> {
            writer.answer(true);
            writer.check((byte) 9);
            writer.cycle(true, 1_000, 1_700_000_000_000L, out);
            writer.frame(new DeliverEvent(null, from, new byte[] {0, 1, 2, 3}, 1, 2));
            writer.frame(new DeliverEvent(null, from, new byte[] {7}, 0, 1));
            writer.completion(StorageAction.READ, Bytes.ofUtf8("read"), null);
            writer.completion(StorageAction.LIST, List.of(new FileStat("a", 5)), null);
            writer.completion(StorageAction.WRITE, null, new Failure(Failure.Kind.FULL, "no room"));
            writer.call(true);
            writer.diskBroken("sync failed");
            writer.input(new byte[] {5, 6}, 0, 2);
            writer.callOver();
            for (int i = 0; i < 200; i++) {
                writer.answer(i != 3 && i != 199);
            }
            writer.cycle(false, 5_000, 1_699_999_999_000L, out);
            writer.checkpoint(new Checkpoint(8, 77, 88), out);
            writer.end(new JournalEnd(JournalEnd.Why.HALTED, "broke"), out);
        });
        assertThat(reader.header()).isEqualTo(HEADER);
        Cycle boot = (Cycle) reader.next();
        assertThat(boot.isBoot()).isTrue();
        assertThat(boot.checks().at(0)).isEqualTo((byte) 9);
        Cycle cycle = (Cycle) reader.next();
        assertThat(cycle.nowNanos()).isEqualTo(5_000);
        assertThat(cycle.wallMillis()).isEqualTo(1_699_999_999_000L);
        assertThat(cycle.noes()).containsExactly(3, 199);
        assertThat(cycle.items())
                .containsExactly(
                        new JournalItem.Frame(from, Bytes.wrap(new byte[] {1, 2})),
                        new JournalItem.Frame(from, Bytes.wrap(new byte[] {7})),
                        new JournalItem.Completion(StorageAction.READ, Bytes.ofUtf8("read"), null),
                        new JournalItem.Completion(StorageAction.LIST, List.of(new FileStat("a", 5)), null),
                        new JournalItem.Completion(
                                StorageAction.WRITE, null, new Failure(Failure.Kind.FULL, "no room")),
                        new JournalItem.Call(true),
                        new JournalItem.DiskBroken("sync failed"));
        assertThat(cycle.inputs().toByteArray()).containsExactly(Cycle.INPUT, 2, 5, 6, Cycle.CALL_OVER);
        assertThat(reader.next()).isEqualTo(new Checkpoint(8, 77, 88));
        assertThat(reader.next()).isEqualTo(new JournalEnd(JournalEnd.Why.HALTED, "broke"));
        assertThat(reader.next()).isNull();
        assertThat(reader.records()).isEqualTo(5);
        assertThat(reader.tornBytes()).isZero();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                malformed("boot", out -> record(out, RecordKind.CYCLE, body -> {})),
                malformed("boot", out -> record(out, RecordKind.HEADER, body -> {})),
                malformed("kind", out -> record(out, 99, body -> {})),
                malformed("message ends early", out -> record(out, RecordKind.BOOT, body -> {})),
                malformed("beyond the message's end", out -> {
                    out.writeByte(RecordKind.BOOT.ordinal());
                    out.writeVarLong(1_000_000);
                }),
                malformed("clock that falls", out -> record(out, RecordKind.BOOT, body -> body.writeVarLong(-8))),
                malformed("unknown kind of item, 9", items(1, body -> body.writeByte(9))),
                malformed("was not named", items(1, body -> {
                    body.writeByte(ItemTag.FRAME);
                    body.writeVarLong(3);
                })),
                malformed("not a node's name", items(1, body -> {
                    body.writeByte(ItemTag.FRAME);
                    body.writeVarLong(0);
                    body.writeString("no name\n");
                })),
                malformed("storage failure", items(1, body -> {
                    body.writeByte(ItemTag.FAILED);
                    body.writeByte(7);
                })),
                malformed("negative length", items(1, body -> {
                    body.writeByte(ItemTag.DONE + StorageAction.LIST.ordinal());
                    body.writeVarLong(1);
                    body.writeString("a");
                    body.writeVarLong(-5);
                })),
                malformed("beyond the message's end", items(1_000, body -> {})),
                malformed("answers out of order", items(0, body -> {
                    body.writeVarLong(2);
                    body.writeVarLong(3);
                    body.writeVarLong(0);
                })),
                malformed("unknown mark among the inputs", items(0, body -> {
                    body.writeVarLong(0);
                    body.writeBytes(Bytes.wrap(new byte[] {4}));
                })),
                malformed("does not end", items(0, body -> {
                    body.writeVarLong(0);
                    body.writeBytes(Bytes.wrap(new byte[] {Cycle.INPUT, 0}));
                })),
                malformed("after the message's end", items(0, body -> {
                    body.writeVarLong(0);
                    body.writeVarLong(0);
                    body.writeVarLong(0);
                    body.writeByte(1);
                })));
    }

    private static Arguments malformed(String message, Consumer<Encoder> records) {
        return Arguments.of(message, records);
    }

    private static Consumer<Encoder> items(int count, Consumer<Encoder> rest) {
        return out -> record(out, RecordKind.BOOT, body -> {
            body.writeVarLong(1);
            body.writeVarLong(2);
            body.writeVarLong(count);
            rest.accept(body);
        });
    }

    private static void record(Encoder out, RecordKind kind, Consumer<Encoder> content) {
        record(out, kind.ordinal(), content);
    }

    private static void record(Encoder out, int kind, Consumer<Encoder> content) {
        Encoder body = new Encoder();
        content.accept(body);
        out.writeByte(kind);
        out.writeBytes(body.toBytes());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedRecordIsRefusedWithItsPlace(String message, Consumer<Encoder> records) {
        JournalReader reader = reader(records);
        long headerEnds = Block.MAGIC_BYTES + Block.HEADER_BYTES + header().position();
        assertThatThrownBy(reader::next)
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("byte " + headerEnds + ", record 2: ")
                .hasMessageContaining(message);
    }

    private static Encoder header() {
        Encoder out = new Encoder();
        JournalWriter.header(HEADER, out);
        return out;
    }

    @Test
    void unknownReasonOfTheEndAndWhatFollowsAnEndAreRefused() {
        JournalReader unknown = reader(out -> {
            new JournalWriter().cycle(true, 0, 0, out);
            record(out, RecordKind.END, body -> body.writeByte(66));
        });
        unknown.next();
        assertThatThrownBy(unknown::next).hasMessageContaining("record 3: an unknown reason");
        JournalReader goesOn = reader(out -> {
            new JournalWriter().cycle(true, 0, 0, out);
            new JournalWriter().end(new JournalEnd(JournalEnd.Why.STOPPED, ""), out);
            new JournalWriter().cycle(false, 0, 0, out);
        });
        goesOn.next();
        goesOn.next();
        assertThatThrownBy(goesOn::next).hasMessageContaining("record 4: something follows");
    }

    @Test
    void bytesBehindTheEndAreNoTornBlock() {
        Encoder out = header();
        new JournalWriter().cycle(true, 0, 0, out);
        new JournalWriter().end(new JournalEnd(JournalEnd.Why.STOPPED, ""), out);
        byte[] whole = file(out);
        JournalReader reader = new JournalReader(source(Arrays.copyOf(whole, whole.length + 5)));
        reader.next();
        reader.next();
        assertThatThrownBy(reader::next)
                .hasMessageContaining("byte " + whole.length)
                .hasMessageContaining("something follows");
    }

    @Test
    void fileOfSomethingElseOrOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> new JournalReader(
                        source("seed 7\nnodes 5\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .hasMessage("byte 0, record 1: not a journal: it does not begin with its magic");
        Encoder other = new Encoder();
        record(other, RecordKind.HEADER, body -> body.writeByte(2));
        assertThatThrownBy(() -> new JournalReader(source(file(other))))
                .hasMessage("byte 20, record 1: a journal of format version 2, where this program reads version 1");
        Encoder cycle = new Encoder();
        new JournalWriter().cycle(true, 0, 0, cycle);
        assertThatThrownBy(() -> new JournalReader(source(file(cycle))))
                .hasMessageContaining("where the header is to be");
    }

    @Test
    void zerosThatAPowerLossLeftAreATornTail() {
        byte[] whole = file(header());
        JournalReader reader = new JournalReader(source(Arrays.copyOf(whole, whole.length + 500)));
        assertThat(reader.next()).isNull();
        assertThat(reader.tornBytes()).isEqualTo(500);
    }
}
