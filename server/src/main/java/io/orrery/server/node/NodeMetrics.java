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
        group(broker.group(), out);
        snapshots(broker.group(), broker.kernel().nowNanos(), out);
        WalMetrics.wal(broker.wal(), out);
        routes(broker, out);
        sessions(broker, out);
        forwarding(broker.forwardCounters(), out);
    }

    private static void group(RaftGroup group, MetricsWriter out) {
        out.gauge("orrery_raft_has_leader", "Whether a leader of group 0 is known.", group.leader() == null ? 0 : 1);
        out.gauge("orrery_raft_is_leader", "Whether this node leads group 0.", group.isLeader() ? 1 : 0);
        out.gauge("orrery_raft_term", "The Raft term of group 0, as this node knows it.", group.term());
        out.gauge(
                "orrery_raft_commit_index",
                "The last entry of group 0 that this node knows to be committed.",
                group.commitIndex());
        out.gauge(
                "orrery_raft_apply_lag_entries",
                "Entries of group 0 that are committed and not applied here yet.",
                group.commitIndex() - group.appliedIndex());
        out.counter(
                "orrery_raft_elections",
                "Elections of group 0 that this node called.",
                group.counters().campaigns());
    }

    private static void routes(BrokerNode broker, MetricsWriter out) {
        out.gauge(
                "orrery_broker_routes",
                "Rows of the route table: filters, each with a node that has subscribers of it.",
                broker.routes().rowCount());
        IndexMemory memory = broker.routes().memory();
        out.gauge("orrery_broker_route_bytes", "Bytes that the route table's arrays take.", memory.totalBytes());
        out.gauge(
                "orrery_broker_route_free_bytes",
                "Bytes of the route table that removed rows left and no other has taken.",
                memory.textFreeBytes());
    }

    private static void sessions(BrokerNode broker, MetricsWriter out) {
        out.gauge(
                "orrery_broker_sessions",
                "Sessions of clients that are connected to this node.",
                broker.sessions().size());
        SessionCounters sessions = broker.counters();
        out.counter(
                "orrery_broker_messages_received",
                "Messages that clients published to this node.",
                sessions.published());
        out.counter(
                "orrery_broker_messages_sent",
                "Messages that this node sent to clients with a matching subscription.",
                sessions.delivered());
        out.header(
                "orrery_broker_messages_dropped_total",
                "counter",
                "Messages that were not sent to a client with a matching subscription, and why.");
        dropped(out, "queue_full", sessions.droppedQueueFull());
        dropped(out, "expired", sessions.droppedExpired());
        dropped(out, "too_large", sessions.droppedByLink());
        out.counter(
                "orrery_broker_takeovers",
                "Clients that connected while a session of the same client id was still open, which was closed.",
                sessions.takeovers());
        out.counter(
                "orrery_broker_wills", "Wills published, because their client went without a word.", sessions.wills());
        out.counter(
                "orrery_broker_unrouted",
                "Published messages that no node had a subscriber of.",
                broker.brokerCounters().unrouted());
        out.counter(
                "orrery_broker_refused_overloaded",
                "Messages refused because a node that wanted them was too slow.",
                broker.brokerCounters().overloaded());
    }

    private static void forwarding(ForwardCounters forwarded, MetricsWriter out) {
        out.counter(
                "orrery_forward_messages_sent",
                "Messages handed to other nodes that have subscribers, each counted once.",
                forwarded.sent());
        out.counter(
                "orrery_forward_messages_received",
                "Messages taken from other nodes for subscribers here.",
                forwarded.received());
        out.counter(
                "orrery_forward_messages_resent",
                "Messages handed to another node again, because it did not acknowledge them in time.",
                forwarded.resent());
        out.counter(
                "orrery_forward_dropped_full",
                "Messages of QoS 0 dropped because too many waited for the other node.",
                forwarded.droppedFull());
        out.counter(
                "orrery_forward_dropped_dead",
                "Messages to other nodes dropped because that node died, left or started again.",
                forwarded.droppedDead());
    }

    /** What the kernel's ports count; on the node's thread. */
    static void ports(PortCounters ports, MetricsWriter out) {
        out.counter("orrery_frames_sent", "Frames of all protocols that the transport took.", ports.sent());
        out.counter("orrery_frames_received", "Frames of all protocols that arrived, good or bad.", ports.received());
        out.header(
                "orrery_frames_dropped_total",
                "counter",
                "Frames that the transport did not take, or that no protocol here could read, and why.");
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
        out.header("orrery_members", "gauge", "Members of the cluster that this node knows, by state.");
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
        node.thread().counters().forEach(new SinkMetrics("orrery_host_", out));
        node.transportCounters(new SinkMetrics("orrery_transport_", out));
    }

    /** What the MQTT listener counts; on any thread. */
    static void mqtt(MqttListener mqtt, MetricsWriter out) {
        out.gauge("orrery_mqtt_connections", "Connections of clients that are open.", mqtt.connectionCount());
        out.counter(
                "orrery_mqtt_accepted",
                "Connections of clients that were accepted.",
                mqtt.counters().accepted());
        out.header("orrery_mqtt_refused_total", "counter", "Connections of clients that this node closed, and why.");
        refused(out, "full", mqtt.counters().refusedFull());
        refused(out, "connect", mqtt.counters().refusedConnects());
        refused(out, "malformed", mqtt.counters().malformed());
        refused(out, "protocol_error", mqtt.counters().protocolErrors());
        refused(out, "connect_timeout", mqtt.counters().connectTimeouts());
        refused(out, "keep_alive_timeout", mqtt.counters().keepAliveTimeouts());
        out.counter(
                "orrery_mqtt_packets_received",
                "MQTT packets read from clients.",
                mqtt.counters().packetsReceived());
        out.counter(
                "orrery_mqtt_packets_sent",
                "MQTT packets written to clients.",
                mqtt.counters().packetsSent());
        out.counter(
                "orrery_mqtt_stalls",
                "Times that the node's full inbox held a client back.",
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
        out.gauge(
                "orrery_raft_snapshot_bytes",
                "Bytes of the latest snapshot of group 0.",
                latest == null ? 0 : latest.bytes());
        out.gauge(
                "orrery_raft_snapshot_age_seconds",
                "For how long this node has had the latest snapshot; since its start at most.",
                ageNanos / 1_000_000_000);
        out.gauge(
                "orrery_raft_compacted_index",
                "The last entry of group 0 that the log has been compacted up to.",
                group.view().log().snapshotIndex());
        out.gauge(
                "orrery_raft_without_state",
                "Whether the snapshot is damaged and the state waits for one of another node.",
                group.view().isWithoutState() ? 1 : 0);
        out.gauge(
                "orrery_raft_forgetful",
                "Whether this node's disk lost something of group 0, so that it does not vote yet.",
                group.view().hasForgotten() ? 1 : 0);
        SnapshotCounters counters = group.view().snapshotCounters();
        out.counter("orrery_raft_snapshots_taken", "Snapshots of group 0 that this node took.", counters.taken());
        out.counter(
                "orrery_raft_snapshots_abandoned",
                "Snapshots of group 0 that were given up because the disk refused them.",
                counters.abandoned());
        out.counter(
                "orrery_raft_snapshots_installed",
                "Snapshots of group 0 fetched from other nodes and installed.",
                counters.installed());
        out.counter(
                "orrery_raft_snapshot_slices_served",
                "Slices of snapshots sent to nodes that install one.",
                counters.slicesServed());
        out.counter(
                "orrery_raft_snapshots_damaged",
                "Snapshots and slices on this node's disk that were found damaged.",
                counters.damaged());
    }
}
