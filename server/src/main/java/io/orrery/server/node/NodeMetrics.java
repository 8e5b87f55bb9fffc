package io.orrery.server.node;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.forward.ForwardCounters;
import io.orrery.broker.session.SessionCounters;
import io.orrery.broker.topic.IndexMemory;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.loop.PortCounters;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.snapshot.SnapshotCounters;
import io.orrery.raft.snapshot.SnapshotId;
import io.orrery.server.admin.MetricsWriter;
import io.orrery.server.mqtt.MqttListener;

/** Counters and gauges of a node for Prometheus; names in base units, no label with many values. */
final class NodeMetrics {
    private NodeMetrics() {}

    /** What the broker counts; on the node's thread. */
    static void broker(BrokerNode broker, MetricsWriter out) {
        members(broker, out);
        RaftGroup group = broker.group();
        out.gauge("orrery_raft_has_leader", "Whether a leader of group 0 is known.", group.leader() == null ? 0 : 1);
        out.gauge("orrery_raft_is_leader", "Whether this node leads group 0.", group.isLeader() ? 1 : 0);
        out.gauge("orrery_raft_term", "The term of group 0.", group.term());
        out.gauge("orrery_raft_commit_index", "The committed index of group 0.", group.commitIndex());
        out.gauge(
                "orrery_raft_apply_lag_entries",
                "Entries committed and not yet applied.",
                group.commitIndex() - group.appliedIndex());
        out.counter(
                "orrery_raft_elections",
                "Elections this node called.",
                group.counters().campaigns());
        snapshots(group, broker.kernel().nowNanos(), out);
        WalMetrics.wal(broker.wal(), out);
        out.gauge(
                "orrery_broker_routes",
                "Rows of the route table.",
                broker.routes().rowCount());
        IndexMemory memory = broker.routes().memory();
        out.gauge("orrery_broker_route_bytes", "What the route table's arrays take.", memory.totalBytes());
        out.gauge(
                "orrery_broker_route_free_bytes",
                "Of these, what removed rows left and no other has taken.",
                memory.textFreeBytes());
        out.gauge(
                "orrery_broker_sessions",
                "Clients connected here.",
                broker.sessions().size());
        SessionCounters sessions = broker.counters();
        out.counter("orrery_broker_messages_received", "Messages taken from clients.", sessions.published());
        out.counter("orrery_broker_messages_sent", "Messages sent to clients.", sessions.delivered());
        out.header("orrery_broker_messages_dropped_total", "counter", "Messages dropped on their way to a client.");
        dropped(out, "queue_full", sessions.droppedQueueFull());
        dropped(out, "expired", sessions.droppedExpired());
        dropped(out, "too_large", sessions.droppedByLink());
        out.counter("orrery_broker_takeovers", "Clients that connected again.", sessions.takeovers());
        out.counter("orrery_broker_wills", "Will messages published.", sessions.wills());
        out.counter(
                "orrery_broker_unrouted",
                "Messages nobody wanted.",
                broker.brokerCounters().unrouted());
        out.counter(
                "orrery_broker_refused_overloaded",
                "Messages refused because a node that wanted them was too slow.",
                broker.brokerCounters().overloaded());
        ForwardCounters forwarded = broker.forwardCounters();
        out.counter("orrery_forward_messages_sent", "Messages handed to other nodes.", forwarded.sent());
        out.counter("orrery_forward_messages_received", "Messages taken from other nodes.", forwarded.received());
        out.counter("orrery_forward_messages_resent", "Messages handed over again.", forwarded.resent());
        out.counter("orrery_forward_dropped_full", "Messages dropped at a full link.", forwarded.droppedFull());
        out.counter("orrery_forward_dropped_dead", "Messages to nodes that died.", forwarded.droppedDead());
    }

    /** What the kernel's ports count; on the node's thread. */
    static void ports(PortCounters ports, MetricsWriter out) {
        out.counter("orrery_frames_sent", "Frames that the transport took.", ports.sent());
        out.counter("orrery_frames_received", "Frames that arrived, good or bad.", ports.received());
        out.header("orrery_frames_dropped_total", "counter", "Frames dropped by this node, and why.");
        String name = "orrery_frames_dropped_total";
        out.sample(name, "reason", "not_sent", ports.refused());
        out.sample(name, "reason", "malformed", ports.malformed());
        out.sample(name, "reason", "unroutable", ports.unroutable());
        out.sample(name, "reason", "unknown_version", ports.unknownVersion());
    }

    private static void members(BrokerNode broker, MetricsWriter out) {
        long[] counts = new long[MemberState.values().length];
        for (Member member : broker.membership().members().values()) {
            counts[member.state().ordinal()]++;
        }
        out.header("orrery_members", "gauge", "Members known, by state.");
        for (MemberState state : MemberState.values()) {
            out.sample("orrery_members", "state", state.name(), counts[state.ordinal()]);
        }
    }

    private static void dropped(MetricsWriter out, String reason, long value) {
        out.sample("orrery_broker_messages_dropped_total", "reason", reason, value);
    }

    /** What host and transport count; on any thread. */
    static void host(RunningNode node, MetricsWriter out) {
        out.gauge(
                "orrery_host_inbox_items",
                "Frames and tasks that wait for the node.",
                node.thread().inboxSize());
        node.thread().counters().forEach((name, value) -> foreign(out, "orrery_host_" + name, value));
        node.transportCounters((name, value) -> foreign(out, "orrery_transport_" + name, value));
    }

    /** A number whose name says what it is. */
    private static void foreign(MetricsWriter out, String name, long value) {
        if (name.endsWith("_max") || name.endsWith("_open")) {
            out.gauge(name, "See the name.", value);
        } else {
            out.counter(name, "See the name.", value);
        }
    }

    /** What the MQTT listener counts; on any thread. */
    static void mqtt(MqttListener mqtt, MetricsWriter out) {
        out.gauge("orrery_mqtt_connections", "Connections open.", mqtt.connectionCount());
        out.counter(
                "orrery_mqtt_accepted", "Connections taken.", mqtt.counters().accepted());
        out.header("orrery_mqtt_refused_total", "counter", "Connections closed by this side, and why.");
        refused(out, "full", mqtt.counters().refusedFull());
        refused(out, "connect", mqtt.counters().refusedConnects());
        refused(out, "malformed", mqtt.counters().malformed());
        refused(out, "protocol_error", mqtt.counters().protocolErrors());
        refused(out, "connect_timeout", mqtt.counters().connectTimeouts());
        refused(out, "keep_alive_timeout", mqtt.counters().keepAliveTimeouts());
        out.counter(
                "orrery_mqtt_packets_received", "Packets read.", mqtt.counters().packetsReceived());
        out.counter(
                "orrery_mqtt_packets_sent", "Packets written.", mqtt.counters().packetsSent());
        out.counter(
                "orrery_mqtt_stalls",
                "Times a full inbox held a client back.",
                mqtt.counters().inboxFull());
    }

    private static void refused(MetricsWriter out, String reason, long value) {
        out.sample("orrery_mqtt_refused_total", "reason", reason, value);
    }

    private static void snapshots(RaftGroup group, long nowNanos, MetricsWriter out) {
        SnapshotId latest = group.view().latestSnapshot();
        long ageNanos = latest == null ? 0 : nowNanos - group.view().latestSnapshotNanos();
        out.gauge(
                "orrery_raft_snapshot_index",
                "Last entry of the latest snapshot of group 0; 0 for none.",
                latest == null ? 0 : latest.index());
        out.gauge("orrery_raft_snapshot_bytes", "Size of the latest snapshot.", latest == null ? 0 : latest.bytes());
        out.gauge(
                "orrery_raft_snapshot_age_seconds",
                "For how long this node has had the latest snapshot; since its start at most.",
                ageNanos / 1_000_000_000);
        out.gauge(
                "orrery_raft_compacted_index",
                "Up to where the log is compacted.",
                group.view().log().snapshotIndex());
        out.gauge(
                "orrery_raft_without_state",
                "Whether the snapshot is damaged and the state waits for one of another node.",
                group.view().isWithoutState() ? 1 : 0);
        SnapshotCounters counters = group.view().snapshotCounters();
        out.counter("orrery_raft_snapshots_taken", "Snapshots taken.", counters.taken());
        out.counter("orrery_raft_snapshots_abandoned", "Snapshots that the disk refused.", counters.abandoned());
        out.counter("orrery_raft_snapshots_installed", "Snapshots fetched from others.", counters.installed());
        out.counter("orrery_raft_snapshot_slices_served", "Slices sent to others.", counters.slicesServed());
        out.counter("orrery_raft_snapshots_damaged", "Damaged snapshots and slices found.", counters.damaged());
    }
}
