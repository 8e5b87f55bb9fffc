package io.orrery.server.node;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.loop.PortCounters;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what a node's protocols turned away; what its transport turns away, that says itself. Each line at most
 * once in ten seconds, with all that came meanwhile counted. For one thread at a time.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What was dropped at the ports, at one time. */
    private record Dropped(long malformed, long unroutable, long unknownVersion) {
        private static final Dropped NONE = new Dropped(0, 0, 0);

        private Dropped less(Dropped earlier) {
            return new Dropped(
                    malformed - earlier.malformed,
                    unroutable - earlier.unroutable,
                    unknownVersion - earlier.unknownVersion);
        }
    }

    /** What was looked at on the node's thread, in one look. */
    private record Look(String refusal, Dropped dropped, boolean isStarting, SortedMap<NodeId, String> registry) {}

    private RunningNode looked;
    private boolean wasStarting;
    private String refusalSaid;
    private long refusalNanos;
    private SortedMap<NodeId, String> registrySaid = Collections.emptySortedMap();
    private Dropped droppedSaid = Dropped.NONE;
    private long droppedNanos;

    /** Looks, and says what is new. */
    void look(RunningNode node) {
        if (looked != node) {
            looked = node;
            wasStarting = true;
            droppedSaid = Dropped.NONE;
            refusalSaid = null;
            registrySaid = Collections.emptySortedMap();
        }
        Look look = node.ask(broker -> {
            PortCounters ports = node.thread().portCounters();
            Dropped dropped = new Dropped(ports.malformed(), ports.unroutable(), ports.unknownVersion());
            TreeMap<NodeId, String> registry =
                    new TreeMap<>(broker.registry().settings().refusals());
            broker.registry().sessionCells().refusals().forEach(registry::putIfAbsent);
            return new Look(broker.membership().lastRefusal(), dropped, !broker.isReady(), registry);
        });
        long nowNanos = System.nanoTime();
        boolean isNew = look.refusal() != null && !Objects.equals(look.refusal(), refusalSaid);
        if (isNew && (refusalSaid == null || nowNanos - refusalNanos > PERIOD_NANOS)) {
            refusalSaid = look.refusal();
            refusalNanos = nowNanos;
            LOG.warn(
                    "node {}: no gossip with a node of another cluster: {}. Two clusters never merge: to move a node,"
                            + " orrery cluster leave, then orrery cluster join",
                    node.thread().self(),
                    look.refusal());
        }
        lookAtRegistry(node, look.registry());
        if (wasStarting) {
            // Its protocols open one after another; what comes too early, up to the first look after it, is counted
            // only.
            wasStarting = look.isStarting();
            droppedSaid = look.dropped();
            return;
        }
        Dropped fresh = look.dropped().less(droppedSaid);
        if (!fresh.equals(Dropped.NONE) && (droppedSaid == Dropped.NONE || nowNanos - droppedNanos > PERIOD_NANOS)) {
            droppedSaid = look.dropped();
            droppedNanos = nowNanos;
            LOG.warn(
                    "node {}: dropped frames of other nodes: {} malformed, {} for no protocol here, {} of an unknown version;"
                            + " orrery_frames_dropped_total counts them",
                    node.thread().self(),
                    fresh.malformed(),
                    fresh.unroutable(),
                    fresh.unknownVersion());
        }
    }

    /** Each node whose words about the registry are refused once, until they are taken again. */
    private void lookAtRegistry(RunningNode node, SortedMap<NodeId, String> refusals) {
        refusals.forEach((from, reason) -> {
            if (!registrySaid.containsKey(from)) {
                LOG.warn(
                        "node {}: the registry takes nothing from {} as long as it says what cannot be: {}. One of the two has"
                                + " lost or made up entries; orrery_registry_refused_total counts it",
                        node.thread().self(),
                        from,
                        reason);
            }
        });
        registrySaid = refusals;
    }
}
