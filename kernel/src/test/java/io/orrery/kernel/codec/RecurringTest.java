package io.orrery.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecurringTest {
    private final Recurring<NodeId> names = new Recurring<>(NodeId::new);

    private NodeId node(String name) {
        byte[] bytes = ("--" + name).getBytes(StandardCharsets.UTF_8);
        return names.of(bytes, 2, bytes.length - 2);
    }

    @Test
    void everyNameIsTheOneAskedForThoughMoreAreMetThanItKeeps() {
        for (int i = 0; i < 3 * Recurring.SLOTS_MAX; i++) {
            assertThat(node("node" + i).name()).isEqualTo("node" + i);
        }
    }

    @Test
    void theNamesOfAHundredNodesAreNearlyAllRemembered() {
        NodeId[] first = new NodeId[100];
        int remembered = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < first.length; i++) {
                NodeId node = node("node" + i + "@host");
                remembered += node == first[i] ? 1 : 0;
                first[i] = node;
            }
        }
        assertThat(remembered).isGreaterThan(50 * first.length * 8 / 10);
    }

    @Test
    void whatIsNoTextIsRefusedEveryTimeAndMakesNothing() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> names.of(new byte[] {(byte) 0xC3, 0x28}, 0, 2))
                    .isInstanceOf(DecodeException.class);
            assertThatThrownBy(() -> node("two words")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(node("grüße").name()).isEqualTo("grüße");
    }

    @Test
    void longTextIsMadeAnew() {
        Recurring<String> texts = new Recurring<>(text -> text);
        byte[] bytes = "x".repeat(Recurring.BYTES_MAX + 1).getBytes(StandardCharsets.UTF_8);
        String once = texts.of(bytes, 0, bytes.length);
        assertThat(texts.of(bytes, 0, bytes.length)).isEqualTo(once).isNotSameAs(once);
        assertThat(texts.of(bytes, 0, 9)).isSameAs(texts.of(bytes, 0, 9));
    }
}
