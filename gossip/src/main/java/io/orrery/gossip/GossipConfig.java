package io.orrery.gossip;

import io.orrery.gossip.config.HistoryConfig;
import io.orrery.gossip.config.ProbeConfig;
import io.orrery.gossip.config.RetentionConfig;
import io.orrery.gossip.config.RumourConfig;
import io.orrery.gossip.config.SuspicionConfig;
import io.orrery.gossip.config.SyncConfig;
import io.orrery.kernel.Check;
import java.nio.charset.StandardCharsets;

/**
 * Everything membership can be told. The records it is made of say what each value means and what changing it risks.
 *
 * @param cluster the cluster's name, 1 to {@link #CLUSTER_BYTES_MAX} bytes of UTF-8; carried in every exchange, and messages
 *     of another cluster are refused
 * @param datagrams whether probes and rumours go as datagrams; default true. Off, all goes by stream, for networks without
 *     UDP: nodes that differ in it understand each other, as long as each reaches the other the way it prefers. A stream that
 *     is stuck holds up what is behind it, so a lossy network looks slower
 * @param generationVersion of the file in which a node keeps its generation: it is written in this format, and a file in a later
 *     one stops the node; default {@link #GENERATION_VERSION_MAX}. Raising it is final for a node
 */
public record GossipConfig(
        String cluster,
        ProbeConfig probe,
        SuspicionConfig suspicion,
        RumourConfig rumour,
        SyncConfig sync,
        RetentionConfig retention,
        HistoryConfig history,
        boolean datagrams,
        int generationVersion) {
    public static final int CLUSTER_BYTES_MAX = 64;
    public static final int GENERATION_VERSION_MAX = 2;

    public GossipConfig {
        Check.argument(!cluster.isEmpty(), "a cluster's name is not empty");
        Check.argument(
                cluster.getBytes(StandardCharsets.UTF_8).length <= CLUSTER_BYTES_MAX,
                "a cluster's name has at most 64 bytes");
        Check.argument(generationVersion >= 1 && generationVersion <= GENERATION_VERSION_MAX, "a known format version");
    }

    /** The defaults: a data centre's network, a second per period; a dead member is known within about 6 s at N = 10. */
    public static GossipConfig lan(String cluster) {
        return new GossipConfig(
                cluster,
                ProbeConfig.lan(),
                SuspicionConfig.lan(),
                RumourConfig.lan(),
                SyncConfig.lan(),
                RetentionConfig.lan(),
                HistoryConfig.standard(),
                true,
                GENERATION_VERSION_MAX);
    }

    /** Five times as fast, for one machine or one switch, development and tests. A pause of a second is a death. */
    public static GossipConfig fast(String cluster) {
        return new GossipConfig(
                cluster,
                ProbeConfig.fast(),
                SuspicionConfig.lan(),
                RumourConfig.fast(),
                SyncConfig.fast(),
                RetentionConfig.fast(),
                HistoryConfig.standard(),
                true,
                GENERATION_VERSION_MAX);
    }

    /** SWIM as the paper has it, beside push/pull and what keeps a cluster together: the baseline of benchmarks. */
    public static GossipConfig plainSwim(String cluster) {
        return lan(cluster).with(ProbeConfig.plainSwim()).with(SuspicionConfig.plainSwim());
    }

    public GossipConfig with(ProbeConfig changed) {
        return new GossipConfig(
                cluster, changed, suspicion, rumour, sync, retention, history, datagrams, generationVersion);
    }

    public GossipConfig with(SuspicionConfig changed) {
        return new GossipConfig(
                cluster, probe, changed, rumour, sync, retention, history, datagrams, generationVersion);
    }

    public GossipConfig with(RumourConfig changed) {
        return new GossipConfig(
                cluster, probe, suspicion, changed, sync, retention, history, datagrams, generationVersion);
    }

    public GossipConfig with(SyncConfig changed) {
        return new GossipConfig(
                cluster, probe, suspicion, rumour, changed, retention, history, datagrams, generationVersion);
    }

    public GossipConfig with(RetentionConfig changed) {
        return new GossipConfig(
                cluster, probe, suspicion, rumour, sync, changed, history, datagrams, generationVersion);
    }

    public GossipConfig with(HistoryConfig changed) {
        return new GossipConfig(
                cluster, probe, suspicion, rumour, sync, retention, changed, datagrams, generationVersion);
    }

    public GossipConfig withDatagrams(boolean used) {
        return new GossipConfig(cluster, probe, suspicion, rumour, sync, retention, history, used, generationVersion);
    }

    public GossipConfig withGenerationVersion(int version) {
        return new GossipConfig(cluster, probe, suspicion, rumour, sync, retention, history, datagrams, version);
    }
}
