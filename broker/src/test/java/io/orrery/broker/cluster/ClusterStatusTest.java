package io.orrery.broker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import java.util.Collections;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterStatusTest {
    private final TreeMap<NodeId, Member> members = new TreeMap<>();
    private final TreeMap<NodeId, NodeRecord> registered = new TreeMap<>();

    private void member(String name, MemberState state) {
        NodeId node = NodeId.of(name);
        members.put(node, new Member(node, state, new Incarnation(1, 0), "", Collections.emptySortedMap()));
    }

    private void register(String name) {
        NodeId node = NodeId.of(name);
        registered.put(node, new NodeRecord(node, "", NodeRole.PRIMARY, 1));
    }

    @Test
    void aliveAndSuspectRunTheRegisteredRestIsStopped() {
        member("a", MemberState.ALIVE);
        member("b", MemberState.SUSPECT);
        member("c", MemberState.DEAD);
        register("a");
        register("b");
        register("c");
        register("never-seen-since-restart");
        ClusterStatus status = ClusterStatus.of(members, registered);
        assertThat(status.running()).extracting(NodeId::name).containsExactly("a", "b");
        assertThat(status.stopped()).extracting(NodeId::name).containsExactly("c", "never-seen-since-restart");
    }

    @Test
    void deadMemberThatWasRemovedIsNotListed() {
        member("a", MemberState.ALIVE);
        member("removed", MemberState.DEAD);
        register("a");
        assertThat(ClusterStatus.of(members, registered).stopped()).isEmpty();
    }

    @Test
    void withoutRegistrationTheDeadAreStoppedAndTheLeftAreNot() {
        member("dead", MemberState.DEAD);
        member("left", MemberState.LEFT);
        assertThat(ClusterStatus.of(members, registered).stopped())
                .extracting(NodeId::name)
                .containsExactly("dead");
    }
}
