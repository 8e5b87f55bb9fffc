package io.orrery.raft.log;

import io.orrery.kernel.Kernel;
import java.util.function.LongConsumer;

/**
 * Where a log's space comes from: what is taken ahead in the segment that is written ({@link Runway}), one file in reserve
 * ({@link Spare}), and the disk, of which it is known whether it is full ({@link SpaceWatch}).
 *
 * <ul>
 *   <li>I1: the disk counts as having space again only when there is some ahead and some in reserve.
 * </ul>
 */
final class Room implements Spare.Listener, Runway.Listener {
    private final Kernel kernel;
    private final SpaceWatch watch;
    private final Spare spare;
    private final Runway runway;
    private final Runnable tryBatch;
    private final LongConsumer onExtended;

    /**
     * @param tryBatch writes the batch that waits for space again
     * @param onExtended takes the length of the file of the segment that is written
     */
    Room(Kernel kernel, WalConfig config, WalCounters counters, Runnable tryBatch, LongConsumer onExtended) {
        this.kernel = kernel;
        this.tryBatch = tryBatch;
        this.onExtended = onExtended;
        this.watch = new SpaceWatch(kernel, counters, this::onDue);
        this.spare = new Spare(kernel.storage(), config.reserveBytes(), this);
        this.runway = new Runway(kernel.storage(), config, this);
    }

    Spare spare() {
        return spare;
    }

    boolean isFull() {
        return watch.isFull();
    }

    /** Whether a batch waits for space. */
    boolean isAwaited() {
        return watch.isAwaited();
    }

    /** A batch of this segment was issued, and ends there. */
    void onIssued(String file, long endOfBatch, long fileBytes) {
        runway.onIssued(file, endOfBatch, fileBytes);
    }

    /** The segment is about to be closed: it grows no more. */
    void onClosing() {
        runway.stop();
    }

    /** A batch was refused. */
    void onRefused() {
        watch.onRefused();
    }

    /** The refused batch has nowhere to go until there is space. */
    void await() {
        kernel.trace().reached(WalMarks.WAITS_FOR_SPACE);
        watch.await();
    }

    private void onDue(boolean isBatchAwaited) {
        if (isBatchAwaited) {
            tryBatch.run();
        } else if (runway.isRefused()) {
            runway.retry();
        } else {
            onSpaceAhead();
        }
    }

    private void onSpaceAhead() {
        if (spare.isReady()) {
            watch.onSpareReady();
        } else {
            spare.maybeMake();
        }
    }

    @Override
    public void onSpareReady() {
        if (runway.isRefused()) {
            runway.retry();
        } else {
            watch.onSpareReady();
        }
    }

    @Override
    public void onExtended(long bytes) {
        onExtended.accept(bytes);
    }

    @Override
    public void onFilled() {
        if (isFull()) {
            onSpaceAhead();
        }
    }

    @Override
    public void onRunwayRefused() {
        kernel.trace().reached(WalMarks.RUNWAY_REFUSED);
        watch.onNoSpace();
    }

    @Override
    public void onNoSpace() {
        watch.onNoSpace();
    }
}
