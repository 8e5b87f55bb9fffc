package io.orrery.gossip.owner;

import io.orrery.gossip.owner.message.OwnerDigest;

/** One owner's rows as of one operation, whole: what others can be given of them. */
interface RowSource {
    Rows rows();

    /** What led to them, as far as it is remembered. */
    OperationLog log();

    OwnerDigest digest();
}
