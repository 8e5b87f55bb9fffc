package io.orrery.server.node;

import io.orrery.broker.boot.BootCounters;
import io.orrery.broker.boot.FirstBoot;
import io.orrery.gossip.registry.Registry;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.server.admin.MetricsWriter;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Counters and gauges of the registry and of first boot for Prometheus; on the node's thread. Every counter there is: one that is
 * new does not compile before it has its sentence here.
 */
final class RegistryMetrics {
    private static final String REFUSED = "REFUSED_";

    private RegistryMetrics() {}

    static void registry(Registry registry, MetricsWriter out) {
        gauge(
                "entries",
                "Entries of the registry that are neither deleted nor void.",
                registry,
                set -> set.store().liveCells(),
                out);
        gauge(
                "tombstones",
                "Deleted entries that are remembered, since somebody may not have seen it.",
                registry,
                set -> set.store().tombstones(),
                out);
        gauge(
                "text_bytes",
                "Bytes of the keys and values of all entries held.",
                registry,
                set -> set.store().bytes(),
                out);
        gauge(
                "origins",
                "Lives of nodes that wrote entries and are told apart.",
                registry,
                set -> set.store().versionCount(),
                out);
        gauge(
                "full",
                "Whether a limit is reached and this node takes no more entries.",
                registry,
                set -> set.isFull() ? 1 : 0,
                out);
        gauge(
                "contradicted",
                "Peers of which nothing is taken, because they say what cannot be.",
                registry,
                set -> set.refusals().size(),
                out);
        for (Counter counter : Counter.values()) {
            if (!counter.name().startsWith(REFUSED)) {
                String name = "orrery_registry_" + lower(counter.name()) + "_total";
                out.header(name, "counter", help(counter));
                sets(name, registry, set -> set.counters().of(counter), out);
            }
        }
        String refused = "orrery_registry_refused_total";
        out.header(refused, "counter", help(Counter.REFUSED_NONSENSE));
        for (Counter counter : Counter.values()) {
            if (counter.name().startsWith(REFUSED)) {
                long both = registry.settings().counters().of(counter)
                        + registry.sessionCells().counters().of(counter);
                out.sample(refused, "reason", lower(counter.name().substring(REFUSED.length())), both);
            }
        }
    }

    private static void gauge(
            String name, String help, Registry registry, ToLongFunction<Replica> value, MetricsWriter out) {
        out.header("orrery_registry_" + name, "gauge", help);
        sets("orrery_registry_" + name, registry, value, out);
    }

    private static void sets(String name, Registry registry, ToLongFunction<Replica> value, MetricsWriter out) {
        out.sample(name, "set", "settings", value.applyAsLong(registry.settings()));
        out.sample(name, "set", "sessions", value.applyAsLong(registry.sessionCells()));
    }

    private static String help(Counter counter) {
        return switch (counter) {
            case WRITES -> "Writes that this node made.";
            case WRITES_REFUSED ->
                "Writes of this node that were refused: too many entries, or the disk does not keep up.";
            case WRITES_UNSAVED -> "Writes of this node that the disk did not take when it should have.";
            case DIGESTS_SENT -> "Digests of what this node has seen, sent to a peer.";
            case DIGESTS_HASTENED -> "Digests sent before their time because something was lost.";
            case DIGESTS_EQUAL -> "Digests that said that a peer holds what this node holds.";
            case FRESH_SENT -> "Batches of this node's latest writes sent to peers at once.";
            case PULLS_BEGUN -> "Pulls that this node began, because it had missed something.";
            case PULLS_ENDED -> "Pulls that ended: all that the peer held is held here.";
            case PULLS_DROPPED -> "Pulls given up: the peer is gone, was started anew, or had nothing to say.";
            case SLICES_SENT -> "Slices sent in answer to peers' pulls.";
            case CELLS_SENT -> "Entries sent in answer to peers' pulls.";
            case CELLS_TAKEN -> "Entries of others that changed something here.";
            case RESETS -> "Pulls that told all, because this node had missed what others had collected.";
            case RESET_DROPS -> "Entries dropped in pulls that told all: deletes that this node had missed.";
            case TOMBSTONES_COLLECTED -> "Deleted entries forgotten, because all nodes know of the delete.";
            case SESSIONS_COLLECTED -> "Void sessions forgotten, because all nodes know of their end.";
            case ORIGINS_RETIRED -> "Lives of nodes that are told apart no more.";
            case CELLS_REHOMED -> "Entries written anew, because the life that wrote them is over.";
            case CELLS_ADOPTED -> "Entries of strangers written anew: nobody can tell whether they were deleted here.";
            case STAMPS_CLAMPED -> "Stamps of peers too far ahead of this node's clock.";
            case AUDIT_MISMATCHES -> "Peers that have seen the same and hold something else: must stay 0.";
            case SNAPSHOTS_WRITTEN -> "Snapshots of the registry written to disk.";
            case STORAGE_RETRIES -> "Operations on the registry's files that failed and were tried again.";
            case FILES_DAMAGED -> "Files of the registry, or ends of them, that could not be read back.";
            case REFUSED_FULL, REFUSED_OTHER_CLUSTER, REFUSED_STALE, REFUSED_NONSENSE, REFUSED_CONTRADICTION ->
                "Messages of peers about the registry that this node refused, and why.";
        };
    }

    static void boot(FirstBoot boot, MetricsWriter out) {
        out.gauge("orrery_boot_waiting", "Whether this node is of no cluster yet.", boot.isWaiting() ? 1 : 0);
        for (BootCounters.Counter counter : BootCounters.Counter.values()) {
            if (!counter.name().startsWith(REFUSED)) {
                out.counter(
                        "orrery_boot_" + lower(counter.name()),
                        help(counter),
                        boot.counters().of(counter));
            }
        }
        out.header("orrery_boot_refused_total", "counter", help(BootCounters.Counter.REFUSED_OTHER_NAME));
        for (BootCounters.Counter counter : BootCounters.Counter.values()) {
            if (counter.name().startsWith(REFUSED)) {
                out.sample(
                        "orrery_boot_refused_total",
                        "reason",
                        lower(counter.name().substring(REFUSED.length())),
                        boot.counters().of(counter));
            }
        }
    }

    private static String help(BootCounters.Counter counter) {
        return switch (counter) {
            case BALLOTS -> "Tries of this node to form a cluster.";
            case PROMISES -> "Promises given to nodes that try to form one.";
            case ACCEPTED -> "Foundings of a cluster that this node accepted.";
            case ADMITTED -> "Nodes that were told which cluster this one is of.";
            case DROPPED_BUSY -> "Requests dropped because too many wait for the disk.";
            case REFUSED_OTHER_NAME, REFUSED_OTHER_ID, REFUSED_OTHER_ELECTORATE, REFUSED_TOO_MANY ->
                "Messages of nodes that form a cluster, which this node refused, and why.";
        };
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
