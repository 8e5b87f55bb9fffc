package io.orrery.broker.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableHidingTest {
    private final RouteTable table = new RouteTable(7);
    private final RouteOwner owner = table.open(NodeId.of("node1"), 3);

    private List<RouteOwner> match(String topic) {
        List<RouteOwner> owners = new ArrayList<>();
        table.match(TopicName.of(topic), owners);
        return owners;
    }

    @Test
    void hiddenRowsMatchNothingAndGoOnChanging() {
        int a = table.add(owner, TopicFilter.of("a"));
        table.add(owner, TopicFilter.of("b/+"));
        table.hide(owner);
        assertThat(match("a")).isEmpty();
        assertThat(table.rowCount()).isZero();
        table.removeAt(owner, a);
        table.add(owner, TopicFilter.of("c"));
        RouteOwner again = table.show(owner);
        assertThat(match("a")).isEmpty();
        assertThat(match("c")).containsExactly(again);
        assertThat(match("b/x")).containsExactly(again);
        assertThat(table.rowCount()).isEqualTo(2);
    }

    /** Who was promised that its node lives all along still sees that it did not. */
    @Test
    void ownerThatIsShownAgainIsAnother() {
        table.add(owner, TopicFilter.of("a"));
        table.hide(owner);
        assertThat(table.show(owner)).isNotSameAs(owner);
        assertThat(owner.isLive()).isFalse();
    }

    @Test
    void ownerClearedInTheMiddleOfASweepIsErasedToo() {
        RouteOwner other = table.open(NodeId.of("node2"), 1);
        for (int i = 0; i < 50; i++) {
            table.add(owner, TopicFilter.of("x/" + i));
            table.add(other, TopicFilter.of("x/" + i + "/+"));
            table.add(other, TopicFilter.of("y/" + i));
        }
        table.drop(owner);
        assertThat(table.sweep(20)).isTrue();
        table.hide(other);
        table.drop(other);
        while (table.sweep(20)) {}
        assertThat(table.isClean()).isTrue();
    }
}
