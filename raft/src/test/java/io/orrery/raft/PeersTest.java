package io.orrery.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.progress.Inflights;
import io.orrery.raft.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {
    private final Peers peers = new Peers();

    private static Peer peer(String name) {
        return new Peer(NodeId.of(name), new Progress(1, 0, new Inflights(4, 1024)));
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            names.add(peers.at(i).node.name());
        }
        return names;
    }

    @Test
    void peersAreSortedByNameInWhateverOrderTheyCome() {
        for (String name : new String[] {"n5", "n2", "n10", "n1", "n3"}) {
            peers.add(peer(name));
        }
        assertThat(names()).containsExactly("n1", "n10", "n2", "n3", "n5");
        assertThat(peers.removeIf(peer -> peer.node.name().equals("n2"))).isTrue();
        assertThat(names()).containsExactly("n1", "n10", "n3", "n5");
    }

    @Test
    void onlyWhoIsFollowedIsFound() {
        assertThat(peers.find(NodeId.of("n1"))).isNull();
        Peer known = peer("n2");
        peers.add(known);
        assertThat(peers.find(NodeId.of("n2"))).isSameAs(known);
        assertThat(peers.find(NodeId.of("n1"))).isNull();
        assertThat(peers.find(NodeId.of("n3"))).isNull();
        assertThatThrownBy(() -> peers.add(peer("n2"))).isInstanceOf(Check.Violation.class);
    }
}
