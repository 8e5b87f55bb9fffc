package io.orrery.broker.cluster;

/** What the records of a snapshot of the cluster's state are. */
final class ClusterSnapshotFormat {
    static final int FORMAT = 1;
    static final int NODE = 1;
    static final int NAMESPACE = 2;
    static final int TOPIC = 3;
    /** Only where there is one: releases before it cannot read it. */
    static final int HEAL = 4;

    private ClusterSnapshotFormat() {}
}
