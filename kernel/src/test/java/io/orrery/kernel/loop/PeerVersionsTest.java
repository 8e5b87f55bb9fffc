package io.orrery.kernel.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import org.junit.jupiter.api.Test;

class PeerVersionsTest {
    private static NodeId peer(int number) {
        return NodeId.of("n" + number);
    }

    @Test
    void eachPeerHasItsOwnVersionAndTheLastOneCounts() {
        PeerVersions versions = new PeerVersions();
        for (int i = 0; i < 1000; i++) {
            assertThat(versions.of(peer(i))).isZero();
            assertThat(versions.maybePut(peer(i), 1)).isTrue();
            assertThat(versions.maybePut(peer(i), 1 + i % 5)).isTrue();
        }
        assertThat(versions.size()).isEqualTo(1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(versions.of(peer(i))).isEqualTo(1 + i % 5);
        }
    }

    @Test
    void peersBeyondTheLimitAreNotRememberedAndThoseWithinItStillLearn() {
        PeerVersions versions = new PeerVersions();
        for (int i = 0; i < PeerVersions.MAX; i++) {
            assertThat(versions.maybePut(peer(i), 2)).isTrue();
        }
        assertThat(versions.maybePut(peer(PeerVersions.MAX), 2)).isFalse();
        assertThat(versions.of(peer(PeerVersions.MAX))).isZero();
        assertThat(versions.maybePut(peer(7), 3)).isTrue();
        assertThat(versions.of(peer(7))).isEqualTo(3);
    }
}
