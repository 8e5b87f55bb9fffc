package io.orrery.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeIdTest {
    @Test
    void takesTheNamesOfTheSeedDocuments() {
        assertThat(NodeId.of("emq@s1.emqx.io")).hasToString("emq@s1.emqx.io");
        assertThat(NodeId.of("node1@127.0.0.1")).isLessThan(NodeId.of("node2@127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a,b", "a|b", "tab\t", "del\u007f"})
    void refusesWhatCouldNotBePrintedInAList(String name) {
        assertThatThrownBy(() -> NodeId.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNamesOfMoreThan255Bytes() {
        NodeId.of("x".repeat(255));
        assertThatThrownBy(() -> NodeId.of("x".repeat(256))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NodeId.of("é".repeat(128))).isInstanceOf(IllegalArgumentException.class);
    }
}
