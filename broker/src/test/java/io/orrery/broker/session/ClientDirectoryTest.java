package io.orrery.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import org.junit.jupiter.api.Test;

class ClientDirectoryTest {
    private static final NodeId N1 = NodeId.of("n1");
    private static final NodeId N2 = NodeId.of("n2");

    private final ClientDirectory directory = new ClientDirectory();

    @Test
    void latestStampSaysWhereAClientIs() {
        directory.add(N1, "c", 5);
        directory.add(N2, "c", 7);
        assertThat(directory.node("c")).isEqualTo(N2);
        assertThat(directory.stamp("c")).isEqualTo(7);
        directory.remove(N2, "c", 7);
        assertThat(directory.node("c")).isEqualTo(N1);
    }

    @Test
    void removalOfAnEarlierSessionLeavesTheLaterOne() {
        directory.add(N1, "c", 5);
        directory.add(N1, "c", 6);
        directory.remove(N1, "c", 5);
        assertThat(directory.stamp("c")).isEqualTo(6);
    }

    @Test
    void clientsOfANodeThatIsGoneAreForgotten() {
        directory.add(N1, "a", 1);
        directory.add(N1, "b", 1);
        directory.add(N2, "b", 2);
        directory.clear(N1);
        assertThat(directory.size()).isEqualTo(1);
        assertThat(directory.node("a")).isNull();
        assertThat(directory.stamp("a")).isZero();
    }
}
