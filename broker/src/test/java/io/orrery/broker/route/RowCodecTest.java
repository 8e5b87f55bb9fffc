package io.orrery.broker.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.codec.Bytes;
import org.junit.jupiter.api.Test;

class RowCodecTest {
    @Test
    void rowsSayWhatTheyWereMadeOf() {
        TopicFilter filter = TopicFilter.of("\u20ac/+/#");
        assertThat(RowCodec.decode(RowCodec.ofFilter(filter))).isEqualTo(new RowCodec.Row(filter, null, 0));
        assertThat(RowCodec.decode(RowCodec.ofClient("client 1", 77)))
                .isEqualTo(new RowCodec.Row(null, "client 1", 77));
    }

    @Test
    void longestFilterFitsARow() {
        TopicFilter longest = TopicFilter.of("x".repeat(65_535));
        assertThat(RowCodec.ofFilter(longest).length()).isEqualTo(64 * 1024);
    }

    @Test
    void nonsenseIsNothing() {
        assertThat(RowCodec.decode(Bytes.EMPTY)).isNull();
        assertThat(RowCodec.decode(Bytes.ofUtf8("z/later/version"))).isNull();
        assertThat(RowCodec.decode(Bytes.ofUtf8("ra/#/b"))).isNull();
        assertThat(RowCodec.decode(Bytes.ofUtf8("r"))).isNull();
        assertThat(RowCodec.decode(Bytes.ofUtf8("c123"))).isNull();
    }
}
