package io.orrery.gossip.swim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MembersViewTest {
    private final MemberArray array = new MemberArray();
    private final MembersView view = new MembersView(array);
    private final TreeMap<NodeId, Member> tree = new TreeMap<>();

    private static Member member(int number) {
        return new Member(
                NodeId.of("n" + number),
                MemberState.ALIVE,
                new Incarnation(number + 1, 0),
                "",
                Collections.emptySortedMap());
    }

    @Test
    void viewIsTheMapThatATreeWouldBe() {
        Prng prng = new Prng(1);
        for (int step = 0; step < 2_000; step++) {
            Member member = member(prng.below(50));
            if (prng.below(3) == 0) {
                assertThat(array.remove(member.node())).isEqualTo(tree.remove(member.node()));
            } else {
                assertThat(array.put(member)).isEqualTo(tree.put(member.node(), member));
            }
            assertThat(array.find(member.node())).isEqualTo(tree.get(member.node()));
            if (step % 50 == 0) {
                assertSame();
            }
        }
        assertSame();
    }

    private void assertSame() {
        assertThat(view.entrySet()).containsExactlyElementsOf(tree.entrySet());
        assertThat(view).isEqualTo(tree).hasSize(tree.size());
        NodeId low = NodeId.of("n2");
        NodeId high = NodeId.of("n4");
        assertThat(view.subMap(low, high).keySet())
                .containsExactlyElementsOf(tree.subMap(low, high).keySet());
        assertThat(view.headMap(high).values())
                .containsExactlyElementsOf(tree.headMap(high).values());
        assertThat(view.tailMap(low).headMap(high)).isEqualTo(tree.subMap(low, high));
        if (!tree.isEmpty()) {
            assertThat(view.firstKey()).isEqualTo(tree.firstKey());
            assertThat(view.lastKey()).isEqualTo(tree.lastKey());
        }
    }

    @Test
    void keysBeyondARangeAreNotInIt() {
        array.put(member(1));
        array.put(member(5));
        assertThat(view.headMap(NodeId.of("n3")).get(NodeId.of("n5"))).isNull();
        assertThat(view.tailMap(NodeId.of("n6"))).isEmpty();
        assertThatThrownBy(() -> view.tailMap(NodeId.of("n6")).firstKey()).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void nodesThatShareTheirAcquaintancesDoNotSeeEachOthersChanges() {
        Acquaintances known = new Acquaintances(List.of(member(1), member(2), member(3)));
        MemberArray other = new MemberArray();
        array.fill(known);
        other.fill(known);
        array.remove(NodeId.of("n2"));
        other.put(member(4));
        assertThat(view.keySet()).containsExactly(NodeId.of("n1"), NodeId.of("n3"));
        assertThat(array.find(NodeId.of("n2"))).isNull();
        assertThat(other.find(NodeId.of("n2"))).isEqualTo(member(2));
        assertThat(known.size()).isEqualTo(3);
    }

    @Test
    void viewIsReadOnly() {
        array.put(member(1));
        assertThatThrownBy(() -> view.put(NodeId.of("n2"), member(2)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> view.remove(NodeId.of("n1"))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void walkerNoticesThatAMemberCame() {
        array.put(member(1));
        array.put(member(2));
        Iterator<Map.Entry<NodeId, Member>> walk = view.entrySet().iterator();
        walk.next();
        array.put(member(3));
        assertThatThrownBy(walk::next).isInstanceOf(ConcurrentModificationException.class);
    }
}
