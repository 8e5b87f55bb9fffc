package io.orrery.kernel.journal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.StorageAction;

/** One thing that a cycle took from the node's inbox. */
public sealed interface JournalItem {
    /** A frame of another node. */
    record Frame(NodeId from, Bytes bytes) implements JournalItem {}

    /**
     * The oldest storage operation in flight is over.
     *
     * @param value {@code Bytes} for a read, a list of {@code FileStat} for a list, else null
     * @param failure null if it succeeded
     */
    record Completion(StorageAction action, Object value, Failure failure) implements JournalItem {}

    /**
     * Code of the process ran as an event of the node. What it did is among the cycle's inputs.
     *
     * @param isCall whether somebody waited for its answer: then an exception goes there, else it halts the node
     */
    record Call(boolean isCall) implements JournalItem {}

    /** The disk failed to make something durable: the node halts. */
    record DiskBroken(String why) implements JournalItem {}
}
