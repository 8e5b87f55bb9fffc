package io.orrery.broker.boot;

import io.orrery.gossip.ClusterId;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * What a node must not forget of its first boot.
 *
 * @param disk drawn when the first record was written; another disk has another
 * @param electorate in which it takes part; nobody before it promised something. The same for all of its promises (B5)
 * @param promised the highest ballot that it takes part in; null if none. Never falls (B2)
 * @param acceptedIn the ballot in which it accepted {@code accepted}; null if none
 * @param settled which cluster it is of; null while it is of none. Never changes (B1)
 */
record BootRecord(
        long disk, Electorate electorate, Ballot promised, Ballot acceptedIn, Founding accepted, Founding settled) {
    static final BootRecord EMPTY = new BootRecord(0, Electorate.NOBODY, null, null, null, null);

    /** Whether nothing was ever written. */
    boolean isEmpty() {
        return disk == 0;
    }

    boolean isSettled() {
        return settled != null;
    }

    ClusterId id() {
        return settled == null ? ClusterId.NONE : settled.id();
    }

    BootRecord ofDisk(long mark) {
        return new BootRecord(mark, electorate, promised, acceptedIn, accepted, settled);
    }

    BootRecord promise(Electorate among, Ballot ballot) {
        return new BootRecord(disk, among, ballot, acceptedIn, accepted, settled);
    }

    BootRecord accept(Electorate among, Ballot ballot, Founding founding) {
        return new BootRecord(disk, among, ballot, ballot, founding, settled);
    }

    BootRecord settle(Founding founding) {
        return new BootRecord(disk, electorate, promised, acceptedIn, accepted, founding);
    }

    void encode(Encoder out) {
        out.writeLong(disk);
        electorate.encode(out);
        Ballot.encode(promised, out);
        Ballot.encode(acceptedIn, out);
        Founding.encode(accepted, out);
        Founding.encode(settled, out);
    }

    static BootRecord decode(Decoder in) {
        return new BootRecord(
                in.readLong(),
                Electorate.decode(in),
                Ballot.decode(in),
                Ballot.decode(in),
                Founding.decode(in),
                Founding.decode(in));
    }
}
