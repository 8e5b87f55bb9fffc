package io.orrery.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NameCacheTest {
    private final NameCache names = new NameCache();

    private NodeId node(String name) {
        byte[] bytes = ("--" + name).getBytes(StandardCharsets.UTF_8);
        return names.node(bytes, 2, bytes.length - 2);
    }

    @Test
    void everyNameIsTheOneAskedForThoughMoreAreMetThanItKeeps() {
        for (int i = 0; i < 3 * NameCache.SLOTS_MAX; i++) {
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
    void whatIsNoNameIsRefusedEveryTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> node("two words")).isInstanceOf(DecodeException.class);
            assertThatThrownBy(() -> node("")).isInstanceOf(DecodeException.class);
            assertThatThrownBy(() -> names.node(new byte[] {(byte) 0xC3, 0x28}, 0, 2))
                    .isInstanceOf(DecodeException.class);
        }
        assertThat(node("grüße").name()).isEqualTo("grüße");
    }
}
