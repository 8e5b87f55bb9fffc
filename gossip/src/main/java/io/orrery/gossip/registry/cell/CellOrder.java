package io.orrery.gossip.registry.cell;

/**
 * Which of two writes of one key stands: a total order, so that merging is its maximum and therefore commutative,
 * associative and idempotent.
 *
 * <ol>
 *   <li>The later <b>epoch</b>. Of a session it is the number of the takeover: who took a client over knew of the one
 *       before, and clocks have no say in it. Of a registered client it is the moment of its registration: what was
 *       registered anew after a delete is another one, and nothing of the earlier counts. Of a namespace it is 0.
 *   <li>For registered clients, <b>what is deleted</b>: a delete revokes, and somebody who at the same time changes a
 *       description on the other side of a partition must not grant again what was taken away.
 *   <li>The later <b>stamp</b> of the hybrid clocks. A write's stamp is always above that of what its writer saw; a delete of
 *       a namespace, and the end of a session, is <em>only just</em> above. So these beat exactly what was seen, and lose to
 *       anything that happened at the same time elsewhere: a namespace that somebody still works on stays (deleting it
 *       again is easy, getting it back is not), and the end of a session does not end the one that took over.
 *   <li>At equal stamps <b>what is not deleted</b>, for the same reason.
 *   <li>Then the later life of a writer, its name, the sequence: no reason but that all nodes decide alike, and that a later life
 *       can write anew, as it stood, what an earlier one wrote.
 * </ol>
 */
public final class CellOrder {
    private CellOrder() {}

    /** Positive if {@code a} stands and {@code b} does not; of one key. */
    public static int compare(Cell a, Cell b) {
        int byEpoch = Long.compare(a.epoch(), b.epoch());
        if (byEpoch != 0) {
            return byEpoch;
        }
        if (a.isDeleted() != b.isDeleted() && a.kind().deleteWins()) {
            return a.isDeleted() ? 1 : -1;
        }
        int byStamp = Long.compare(a.stamp(), b.stamp());
        if (byStamp != 0) {
            return byStamp;
        }
        if (a.isDeleted() != b.isDeleted()) {
            return a.isDeleted() ? -1 : 1;
        }
        int byLife = Long.compare(a.origin().life(), b.origin().life());
        if (byLife != 0) {
            return byLife;
        }
        int byNode = a.origin().node().compareTo(b.origin().node());
        return byNode != 0 ? byNode : Long.compare(a.sequence(), b.sequence());
    }
}
