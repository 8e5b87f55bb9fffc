package io.orrery.gossip.registry;

import io.orrery.kernel.trace.Mark;
import java.util.List;

/** The rare situations of the registry that a burn is expected to reach. */
public final class RegistryMarks {
    /**
     * Somebody who had missed what was collected was told all, and dropped what was deleted meanwhile. Not among those of a burn:
     * it takes an absence longer than the others remember, which one seed in some hundreds has; RegistryTest has it always.
     */
    public static final Mark DELETE_LEARNT_BY_RESET = new Mark("registry.delete-learnt-by-reset");
    /** A cell came in that was seen before and is not held: a tombstone of it was collected. */
    public static final Mark RESURRECTION_REFUSED = new Mark("registry.resurrection-refused");
    /** Two sides of a partition changed the same: the one that lost was held here. */
    public static final Mark CONFLICT_LOST = new Mark("registry.conflict-lost");
    /** A namespace stood though somebody had deleted it. */
    public static final Mark DELETE_OVERRIDDEN = new Mark("registry.delete-overridden");
    /** A session ended that another node had taken over. */
    public static final Mark END_AFTER_TAKEOVER = new Mark("registry.end-after-takeover");
    /** A node's sessions were void while it lived, and it wrote them again. */
    public static final Mark SESSIONS_REASSERTED = new Mark("registry.sessions-reasserted");
    /** A pull went on where it had stopped. */
    public static final Mark PULL_RESUMED = new Mark("registry.pull-resumed");
    /** A peer asked for more than is remembered of changes. */
    public static final Mark CHANGES_FORGOTTEN = new Mark("registry.changes-forgotten");
    /** A peer's clock was too far ahead. */
    public static final Mark STAMP_CLAMPED = new Mark("registry.stamp-clamped");
    /** A tombstone was collected. */
    public static final Mark COLLECTED = new Mark("registry.collected");
    /** An origin was retired. */
    public static final Mark RETIRED = new Mark("registry.retired");
    /** A cell was written anew because the life that wrote it is over. */
    public static final Mark REHOMED = new Mark("registry.rehomed");
    /** What only a stranger knew was written anew. */
    public static final Mark ADOPTED = new Mark("registry.adopted");
    /** The life of a node that is forgotten was declared over. */
    public static final Mark FORGOTTEN_VOIDED = new Mark("registry.forgotten-voided");
    /** A snapshot could not be read back. */
    public static final Mark SNAPSHOT_DAMAGED = new Mark("registry.snapshot-damaged");
    /** Own writes were found in the journal that no snapshot had. */
    public static final Mark JOURNAL_REPLAYED = new Mark("registry.journal-replayed");
    /** The disk did not take an own write. */
    public static final Mark WRITE_UNSAVED = new Mark("registry.write-unsaved");
    /** What was held reached its limit. Not among those of a burn: who is full does not converge. */
    public static final Mark FULL = new Mark("registry.full");

    /** All of them, for burns. */
    public static final List<Mark> ALL = List.of(
            RESURRECTION_REFUSED,
            CONFLICT_LOST,
            DELETE_OVERRIDDEN,
            END_AFTER_TAKEOVER,
            SESSIONS_REASSERTED,
            PULL_RESUMED,
            CHANGES_FORGOTTEN,
            STAMP_CLAMPED,
            COLLECTED,
            RETIRED,
            REHOMED,
            ADOPTED,
            FORGOTTEN_VOIDED,
            SNAPSHOT_DAMAGED,
            JOURNAL_REPLAYED,
            WRITE_UNSAVED);

    private RegistryMarks() {}
}
