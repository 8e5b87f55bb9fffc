package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberViewsTest {
    private static final NodeId A1 = NodeId.of("a@h1");
    private static final NodeId A2 = NodeId.of("a@h2");
    private static final NodeId B1 = NodeId.of("b@h1");
    private static final NodeId B = NodeId.of("b");

    @Test
    void hostMayBeLeftOutOfANameUnlessTwoShareTheRest() {
        assertThat(MemberViews.maybeFind(List.of(A1, B1), "a")).isEqualTo(A1);
        assertThat(MemberViews.maybeFind(List.of(A1, A2), "a")).isNull();
        assertThat(MemberViews.maybeFind(List.of(A1, A2), "a@h2")).isEqualTo(A2);
        assertThat(MemberViews.maybeFind(List.of(B1, B), "b")).isEqualTo(B);
        assertThat(MemberViews.maybeFind(List.of(A1), "a@")).isNull();
        assertThat(MemberViews.maybeFind(List.of(), "a")).isNull();
    }
}
