package io.orrery.server.node;

import io.orrery.broker.BrokerConfig;
import io.orrery.broker.BrokerNode;
import io.orrery.raft.GroupEvent;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalDamage;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log what an operator should know of the cluster's Raft group and of the write-ahead log: who leads and why no
 * longer, what a disk did. Votes and refusals between replicas are not written: {@code orrery describe group 0} has them. One
 * thing at most once in ten seconds. For one thread at a time.
 */
final class GroupLog {
    private static final Logger LOG = LoggerFactory.getLogger(GroupLog.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What was looked at on the node's thread, in one look. */
    record Look(List<GroupEvent> events, boolean isFull, List<WalDamage> atStart, long damages, String damage) {}

    private final LongSupplier clock;
    private final TreeMap<String, Long> saidNanos = new TreeMap<>();
    private RunningNode looked;
    private List<GroupEvent> seen = List.of();
    private boolean ledBefore;
    private boolean wasFull;
    private long damagesSaid;

    GroupLog() {
        this(System::nanoTime);
    }

    /**
     * @param clock nanoseconds, monotonic
     */
    GroupLog(LongSupplier clock) {
        this.clock = clock;
    }

    /** Looks, and says what is new. */
    void look(RunningNode node) {
        if (looked != node) {
            looked = node;
            seen = List.of();
            ledBefore = false;
            wasFull = false;
            damagesSaid = 0;
        }
        say(node.ask(GroupLog::see));
    }

    /** Says what is new in this look. */
    void say(Look look) {
        look.events().stream().filter(this::isNew).forEach(this::say);
        seen = look.events();
        lookAtDisk(look);
    }

    /** Events come in the order of their time; several may share one, and one that repeats is there with its last time only. */
    private boolean isNew(GroupEvent event) {
        if (seen.isEmpty()) {
            return true;
        }
        long sinceNanos = event.atNanos() - seen.get(seen.size() - 1).atNanos();
        return sinceNanos > 0 || sinceNanos == 0 && !seen.contains(event);
    }

    private static Look see(BrokerNode broker) {
        RaftGroup group = broker.group();
        if (broker.boot().isWaiting() || group == null) {
            return new Look(List.of(), false, List.of(), 0, "");
        }
        Wal wal = broker.wal();
        return new Look(
                group.events(),
                wal.isFull(),
                wal.damages(),
                wal.counters().damagesFound(),
                wal.counters().lastDamage());
    }

    private void say(GroupEvent event) {
        switch (event.what()) {
            case "become-leader" -> {
                ledBefore = true;
                info(event.what(), "leads", event.why());
            }
            case "become-follower" -> {
                if (ledBefore) {
                    ledBefore = false;
                    info("leads no longer", "leads no longer", event.why());
                }
            }
            case "hand-over" -> info(event.what(), "hands leadership over", event.why());
            case "forgot" -> sayThatItForgot(event);
            case "remember" -> info(event.what(), "votes from now on", event.why());
            case "wait-for-disk" -> warn(event.what(), "does not stand for election", event.why());
            case "without-state" -> warn(event.what(), "waits for a snapshot of the others", event.why());
            case "damaged-snapshot" -> warn(event.what(), "found damage in a snapshot", event.why());
            default -> {
                // For describe group.
            }
        }
    }

    /** A node that joins is no cause for concern; one whose directory was emptied looks the same to itself. */
    private void sayThatItForgot(GroupEvent event) {
        if (event.why().equals(GroupEvent.EMPTY_DISK)) {
            info(event.what(), "learns all from the leader, and votes when it has it", event.why());
        } else {
            warn(event.what(), "does not vote until it cannot contradict what it lost", event.why());
        }
    }

    private void lookAtDisk(Look look) {
        if (look.isFull() != wasFull) {
            wasFull = look.isFull();
            if (wasFull) {
                LOG.warn(
                        "the disk is full: group {} takes no commands here until there is space again, which is looked"
                                + " for all the time; reads and changes of members go on",
                        BrokerConfig.CLUSTER_GROUP);
            } else {
                LOG.info("the disk has space again");
            }
        }
        if (damagesSaid == 0 && !look.atStart().isEmpty()) {
            damagesSaid = look.atStart().size();
            LOG.warn(
                    "the write-ahead log was damaged when this node started: {}. What is intact is kept, the rest fetched"
                            + " from the others; replace the disk",
                    look.atStart());
        }
        if (look.damages() > damagesSaid) {
            damagesSaid = look.damages();
            LOG.warn(
                    "the disk returned other bytes than were written: {}. What is live in that segment is written again from"
                            + " memory, and nothing is lost; replace the disk",
                    look.damage());
        }
    }

    private void info(String key, String what, String why) {
        if (maybeSay(key)) {
            LOG.info("group {}: this node {}: {}", BrokerConfig.CLUSTER_GROUP, what, why);
        }
    }

    private void warn(String key, String what, String why) {
        if (maybeSay(key)) {
            LOG.warn("group {}: this node {}: {}", BrokerConfig.CLUSTER_GROUP, what, why);
        }
    }

    private boolean maybeSay(String key) {
        long nowNanos = clock.getAsLong();
        Long before = saidNanos.get(key);
        if (before != null && nowNanos - before < PERIOD_NANOS) {
            return false;
        }
        saidNanos.put(key, nowNanos);
        return true;
    }
}
