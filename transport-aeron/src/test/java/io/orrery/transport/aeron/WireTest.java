package io.orrery.transport.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    @Test
    void helloIsTheseBytes() {
        Hello bare = new Hello("test", NodeId.of("a"), Optional.of(NodeId.of("b")), "h:1", 7, 1, Bytes.EMPTY);
        Encoder encoder = new Encoder();
        new Cookie(Bench.COOKIE).prove(bare, 11, 101).encode(encoder);
        assertThat(HexFormat.of().formatHex(encoder.toBytes().toByteArray()))
                .isEqualTo("010474657374016101016203683a310700000000000000010000000000000020"
                        + "8318a32d32428d4233ad9e46aa0f17044ad9e702d89a02b201e0efb1c5e1e327");
    }

    @Test
    void longestHelloFitsOneMessage() {
        String cluster = "c".repeat(AeronConfig.CLUSTER_NAME_BYTES_MAX);
        NodeId longest = NodeId.of("n".repeat(NodeId.BYTES_MAX));
        Hello bare = new Hello(
                cluster, longest, Optional.of(longest), "h".repeat(255) + ":65535", -1, Long.MAX_VALUE, Bytes.EMPTY);
        Encoder encoder = new Encoder();
        new Cookie(Bench.COOKIE).prove(bare, -1, 1).encode(encoder);
        assertThat(Chunk.KIND_BYTES + encoder.position()).isLessThan(1408 - 32);
    }

    @Test
    void largestDatagramFitsOneMessage() {
        assertThat(Chunk.KIND_BYTES + Delivery.DATAGRAM_BYTES_MAX).isLessThan(1408 - 32);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                "host:",
                ":1",
                "host:x",
                "host:65536",
                "host:-1",
                "a b:1",
                "a|b:1",
                "a=b:1",
                "h,i:1",
                "[::1]7",
                "::1:7",
                "host:000001"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> Address.parse(Media.UDP, text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:1", "10.0.0.1:65535", "[::1]:7000", "a-b.example:80", "[fe80::1%eth0]:9"})
    void addressesAreReadAsWritten(String text) {
        assertThat(Address.parse(Media.UDP, text).toString()).isEqualTo(text);
    }

    @Test
    void ipcAddressesPickTwoStreamsEach() {
        Address first = Address.parse(Media.IPC, "ipc:1");
        Address second = Address.parse(Media.IPC, "ipc:2");
        assertThat(new int[] {
                    first.streamId(Media.IPC, Delivery.STREAM),
                    first.streamId(Media.IPC, Delivery.DATAGRAM),
                    second.streamId(Media.IPC, Delivery.STREAM),
                    second.streamId(Media.IPC, Delivery.DATAGRAM)
                })
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> Address.parse(Media.IPC, "host:1")).hasMessageContaining("ipc:number");
    }

    @Test
    void sendQueueIsBoundedInBytesAndKeepsItsOrder() {
        SendQueue queue = new SendQueue(300);
        assertThat(queue.maybeAdd(new byte[] {0, 1, 2}, 1, 1)).isTrue();
        assertThat(queue.maybeAdd(new byte[100], 0, 100)).isTrue();
        assertThat(queue.maybeAdd(new byte[100], 0, 100)).isFalse();
        assertThat(queue.head()).containsExactly(1);
        queue.headSentBytes(1);
        queue.removeHead();
        assertThat(queue.headSentBytes()).isZero();
        assertThat(queue.head()).hasSize(100);
        assertThat(queue.maybeAdd(new byte[60], 0, 60)).isTrue();
        assertThat(queue.clear()).isEqualTo(2);
        assertThat(queue.bytes()).isZero();
    }
}
