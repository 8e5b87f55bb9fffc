package io.orrery.broker.cluster;

/**
 * What a topic is created with.
 *
 * @param shards in how many parts its messages lie, 1 to {@value #SHARDS_MAX}; more than one gives up their order
 * @param replicationFactor on how many nodes each part lies, 1 to {@value #REPLICATION_MAX}
 * @param retentionNanos how long messages are kept at least; 0 for ever
 * @param exchange how messages find consumer groups where they do not say
 */
public record TopicSpec(int shards, int replicationFactor, long retentionNanos, ExchangeType exchange) {
    public static final int SHARDS_MAX = 1_024;
    public static final int REPLICATION_MAX = 64;

    /** Why no topic can be like this; null if one can. */
    public String fault() {
        if (shards < 1 || shards > SHARDS_MAX) {
            return "shards are between 1 and " + SHARDS_MAX;
        }
        if (replicationFactor < 1 || replicationFactor > REPLICATION_MAX) {
            return "the replication factor is between 1 and " + REPLICATION_MAX;
        }
        return retentionNanos < 0 ? "a retention is not negative" : null;
    }
}
