package io.orrery.broker.cluster;

/** What the records of a snapshot of the cluster's state are. */
final class ClusterSnapshotFormat {
    static final int FORMAT = 1;
    static final int NODE = 1;
    static final int NAMESPACE = 2;
    static final int TOPIC = 3;

    private ClusterSnapshotFormat() {}
}
