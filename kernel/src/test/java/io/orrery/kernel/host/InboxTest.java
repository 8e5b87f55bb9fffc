package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.TaskEvent;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final NodeEvent event = new TaskEvent(null, NodeEvent.Kind.OUTSIDE, "e", () -> {});

    @Test
    void bytesAreBoundedButOneFrameOfAnySizeIsLetIn() {
        Inbox inbox = new Inbox(16, 100, 16);
        assertThat(inbox.offer(event, 1000)).isTrue();
        assertThat(inbox.offer(event, 1)).isFalse();
        inbox.poll();
        inbox.release(1000);
        assertThat(inbox.offer(event, 60)).isTrue();
        assertThat(inbox.offer(event, 40)).isTrue();
        assertThat(inbox.offer(event, 1)).isFalse();
        assertThat(inbox.queuedBytes()).isEqualTo(100);
    }

    @Test
    void completionsFindRoomInAFullInboxAndComeFirst() {
        Inbox inbox = new Inbox(16, 100, 16);
        while (inbox.offer(event, 0)) {
            assertThat(inbox.size()).isLessThanOrEqualTo(16);
        }
        NodeEvent completion = new TaskEvent(null, NodeEvent.Kind.COMPLETE, "c", () -> {});
        for (int i = 0; i < 16; i++) {
            inbox.complete(completion);
        }
        assertThat(inbox.poll()).isSameAs(completion);
    }

    @Test
    void aCompletionMoreThanThereAreOperationsBreaksTheRule() {
        Inbox inbox = new Inbox(16, 100, 16);
        for (int i = 0; i < 16; i++) {
            inbox.complete(event);
        }
        assertThatThrownBy(() -> inbox.complete(event)).isInstanceOf(Check.Violation.class);
    }
}
