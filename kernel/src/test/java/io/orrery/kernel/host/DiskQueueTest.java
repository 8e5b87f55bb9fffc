package io.orrery.kernel.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.loop.StorageAction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskQueueTest {
    private final DiskQueue queue = new DiskQueue(8);
    private final List<DiskOperation> drained = new ArrayList<>();

    private static DiskOperation operation() {
        return new DiskOperation(null, null, StorageAction.SYNC, "", "f", 0, 0, null, (v, f) -> {});
    }

    private void issue(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(queue.offer(operation())).isTrue();
        }
    }

    /** A disk that looks while an event is still issuing would force for a part of its syncs, and again for the rest. */
    @Test
    void diskSeesNothingOfACycleBeforeItsEnd() {
        issue(3);
        assertThat(queue.drain(drained, 100)).isZero();
        assertThat(queue.maybeRelease()).isTrue();
        issue(2);
        assertThat(queue.drain(drained, 100)).isEqualTo(3);
        assertThat(queue.drain(drained, 100)).isZero();
        assertThat(queue.maybeRelease()).isTrue();
        assertThat(queue.maybeRelease()).isFalse();
        assertThat(queue.drain(drained, 1)).isEqualTo(1);
        assertThat(queue.drain(drained, 100)).isEqualTo(1);
        assertThat(drained).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void fullQueueTakesNoMoreUntilItIsDrained() {
        issue(8);
        assertThat(queue.offer(operation())).isFalse();
        queue.maybeRelease();
        assertThat(queue.drain(drained, 100)).isEqualTo(8);
        issue(8);
    }
}
