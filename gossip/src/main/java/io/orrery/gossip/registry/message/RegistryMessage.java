package io.orrery.gossip.registry.message;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.kernel.NodeId;
import java.util.List;

/** The messages of a registry's replicas; all go by stream, and each names the sender's cluster. */
public sealed interface RegistryMessage {
    String cluster();

    /**
     * What the sender has seen and holds, in a few numbers.
     *
     * @param life of the sender's store; positions are of one
     * @param position behind its last change
     * @param stamp of its clock
     * @param isAnswer whether it answers one: then it is not answered
     * @param isSettled whether it holds nothing that it has not seen, so that {@code liveHash} follows from {@code seenHash}
     * @param isKept whether it cannot forget any of it: it is on its disk, if it has one
     * @param isFresh whether it began with nothing, and has not learnt from anybody yet
     * @param closedHash of what it has seen of retired lives (CellStore's S5); 0 if it is of an earlier release
     */
    record Digest(
            String cluster,
            long life,
            long position,
            long stamp,
            boolean isAnswer,
            boolean isSettled,
            boolean isKept,
            boolean isFresh,
            long seenHash,
            long closedHash,
            long liveHash,
            long liveCells)
            implements RegistryMessage {}

    /**
     * The receiver is to send a piece of what the sender lacks.
     *
     * @param number of this pull, to know its slices by
     * @param mode START, or as the first slice had it
     * @param life of the receiver's store as the sender knows it; 0 if it does not
     * @param cursor where to go on; with START the position up to which the sender has all of the receiver's, or -1
     * @param seen what the sender has seen
     * @param closedHash of what it has seen of lives that are retired in {@code seen}; 0 if it is of an earlier release
     * @param kept what it had seen when it was settled, and cannot forget; null if nothing, the same object as {@code seen} if
     *     that is all
     */
    record Pull(
            String cluster,
            long number,
            Mode mode,
            long life,
            long cursor,
            Versions seen,
            long closedHash,
            Versions kept)
            implements RegistryMessage {}

    /**
     * A piece of what the sender holds.
     *
     * @param number of the pull
     * @param from the cursor with which this piece begins
     * @param to the next cursor
     * @param isLast whether nothing follows
     * @param claim what the sender had seen when this pull began; null but in its first slice
     * @param closedHash of what the sender has seen of lives that are retired in {@code claim}; 0 without one, or from an earlier release
     * @param position behind the sender's last change when this pull began; of no meaning but in its first slice
     * @param stamp of the sender's clock
     * @param floorStamp no cell that the sender has collected had a later stamp
     * @param floors what the sender has collected; null but in the last slice of a WHOLE
     * @param participants whose word the sender waits for before it collects; none but in the last slice
     */
    record Slice(
            String cluster,
            long number,
            Mode mode,
            long life,
            long from,
            long to,
            boolean isLast,
            long position,
            long stamp,
            long floorStamp,
            Versions claim,
            long closedHash,
            Versions floors,
            List<NodeId> participants,
            List<Cell> cells)
            implements RegistryMessage {}

    /**
     * The sender's latest writes.
     *
     * @param origin of the writes: of the sender
     * @param first of the writes; they go up to {@code last} without a gap
     * @param stamp of the sender's clock
     * @param cells what the sender holds of each key written
     */
    record Fresh(String cluster, Origin origin, long first, long last, long stamp, List<Cell> cells)
            implements RegistryMessage {}
}
