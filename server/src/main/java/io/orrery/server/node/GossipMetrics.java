package io.orrery.server.node;

import io.orrery.gossip.GossipCounters.Counter;
import io.orrery.gossip.Membership;
import io.orrery.gossip.history.MemberHistory;
import io.orrery.gossip.owner.OwnerLog;
import io.orrery.gossip.owner.OwnerLogCounters;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.traffic.Traffic;
import io.orrery.kernel.NodeId;
import io.orrery.server.admin.MetricsWriter;
import java.util.Locale;
import java.util.function.IntToLongFunction;

/**
 * Counters and gauges of membership and of the owner log for Prometheus; on the node's thread. Every counter there is: one
 * that is new does not compile before it has its sentence here.
 */
final class GossipMetrics {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final String REFUSED = "REFUSED_";

    private GossipMetrics() {}

    static void membership(Membership membership, long nowNanos, MetricsWriter out) {
        out.gauge(
                "orrery_gossip_local_health",
                "How much this node doubts itself: 0 not at all, 7 to the utmost.",
                membership.localHealth());
        out.gauge("orrery_gossip_rumours", "Claims that wait to be spread further.", membership.rumourCount());
        out.gauge("orrery_gossip_suspects", "Members that this node suspects at this moment.", suspects(membership));
        out.gauge(
                "orrery_gossip_silence_seconds_max",
                "The longest time since a live member was last heard itself by gossip.",
                silenceNanosMax(membership, nowNanos) / NANOS_PER_SECOND);
        out.gauge(
                "orrery_gossip_events",
                "Events of members that are remembered for 'orrery describe member'.",
                membership.history().size());
        for (Counter counter : Counter.values()) {
            if (!isRefusal(counter.name())) {
                out.counter(
                        "orrery_gossip_" + lower(counter.name()),
                        help(counter),
                        membership.counters().of(counter));
            }
        }
        String refused = "orrery_gossip_refused_total";
        out.header(refused, "counter", help(Counter.REFUSED_NONSENSE));
        for (Counter counter : Counter.values()) {
            if (isRefusal(counter.name())) {
                out.sample(
                        refused,
                        "reason",
                        reason(counter.name()),
                        membership.counters().of(counter));
            }
        }
        traffic("orrery_gossip", "membership", membership.traffic(), out);
    }

    private static String help(Counter counter) {
        return switch (counter) {
            case PROBES -> "Probes of other members, one a period.";
            case PROBES_FAILED -> "Probes that nobody answered: each starts or confirms a suspicion.";
            case PROBES_SAVED_INDIRECTLY -> "Probes answered only through another member: the direct path is bad.";
            case PROBES_SAVED_BY_STREAM -> "Probes answered only by stream: datagrams get lost.";
            case NACKS -> "Relays that said that the target did not answer them either.";
            case NACKS_MISSED -> "Relays that said nothing: this node may be the one that is cut off.";
            case PAUSES -> "Times that this node noticed that it had stood still.";
            case SUSPICIONS -> "Suspicions that began here: a probe of this node failed, or another member accused.";
            case CONFIRMATIONS -> "Accusations by further members that shortened a suspicion.";
            case DEATHS -> "Suspicions that ran out here: this node declared a member dead.";
            case REFUTATIONS -> "Accusations of this node that it refuted: others do not hear it in time.";
            case GENERATIONS_RAISED -> "Times that others knew a later life of this node: its disk was lost.";
            case RUMOURS_SENT -> "Claims about members sent along with other messages.";
            case SYNCS_STARTED -> "Full states sent to start an exchange.";
            case SYNCS_ANSWERED -> "Full states sent as the answer to one.";
            case ANNOUNCEMENTS -> "Times that a dead member was told that it is dead, in case it lives.";
            case CLAIMS_BY_STREAM -> "Claims sent by stream because they fit no packet.";
            case SYNCS_ASKED_TWICE -> "Full states asked for by one who waits for ours already.";
            case WITHOUT_ID -> "Messages of members without a cluster id, which were taken.";
            case REAPED -> "Dead members forgotten for good, after cluster.autoclean.";
            case REFUSED_BY_OTHERS -> "Times that another node refused this one.";
            case NAME_CONFLICTS -> "Claims that show two nodes of one name: must stay 0.";
            case STORAGE_RETRIES ->
                "Times that the disk did not take the generation of this life, and it was written again.";
            case SYNCS_SPARED ->
                "Exchanges of full states that were none, since the peer's digest said that it holds the same.";
            case EXILES_PINGED -> "Members removed for good that were pinged in case they live.";
            case REFUSED_OTHER_CLUSTER,
                    REFUSED_OTHER_ID,
                    REFUSED_WITHOUT_ID,
                    REFUSED_NONSENSE,
                    REFUSED_MEMBERS_MAX,
                    REFUSED_SYNCS,
                    REFUSED_RELAYS -> "Messages and claims that this node refused, and why.";
        };
    }

    static void rows(OwnerLog log, MetricsWriter out) {
        long complete = 0;
        long aside = 0;
        long rows = 0;
        for (NodeId owner : log.owners()) {
            OwnerDigest digest = log.digest(owner);
            boolean isInSight = digest != null && !log.isAside(owner);
            complete += isInSight ? 1 : 0;
            aside += log.isAside(owner) ? 1 : 0;
            rows += isInSight ? digest.count() : 0;
        }
        out.header("orrery_rows_owners", "gauge", "Owners of which this node holds rows: all, some, or out of sight.");
        out.sample("orrery_rows_owners", "state", "complete", complete);
        out.sample("orrery_rows_owners", "state", "incomplete", log.owners().size() - complete - aside);
        out.sample("orrery_rows_owners", "state", "aside", aside);
        out.gauge("orrery_rows_held", "Rows held of other owners, all of them.", rows);
        out.gauge(
                "orrery_rows_own",
                "Rows that this node owns.",
                log.digest(log.self()).count());
        for (OwnerLogCounters.Counter counter : OwnerLogCounters.Counter.values()) {
            if (!isRefusal(counter.name())) {
                out.counter(
                        "orrery_rows_" + lower(counter.name()),
                        help(counter),
                        log.counters().of(counter));
            }
        }
        String refused = "orrery_rows_refused_total";
        out.header(refused, "counter", help(OwnerLogCounters.Counter.REFUSED_NONSENSE));
        for (OwnerLogCounters.Counter counter : OwnerLogCounters.Counter.values()) {
            if (isRefusal(counter.name())) {
                out.sample(
                        refused,
                        "reason",
                        reason(counter.name()),
                        log.counters().of(counter));
            }
        }
        traffic("orrery_rows", "the exchange of rows", log.traffic(), out);
    }

    private static String help(OwnerLogCounters.Counter counter) {
        return switch (counter) {
            case BATCHES_SENT -> "Batches of changes of this node's own rows sent to others.";
            case OPERATIONS_APPLIED -> "Changes of other owners' rows that were taken over.";
            case DIGESTS_SENT -> "Messages with the digest of each owner's rows sent to a peer.";
            case SUMMARIES_SENT -> "Hashes of all digests sent to a peer in place of the digests.";
            case DIGESTS_EQUAL -> "Digests of owners that a peer sent and that were this node's, too.";
            case DIGESTS_UNEQUAL -> "Digests of owners that a peer sent and that were not: one of the two is behind.";
            case FETCHES_SENT -> "Requests for rows that this node misses.";
            case REPLAYS_SENT -> "Batches sent once more to a peer that missed them.";
            case CHUNKS_SENT -> "Parts of snapshots of rows sent to peers that asked.";
            case SNAPSHOTS_TAKEN -> "Snapshots of an owner's rows taken over.";
            case SNAPSHOTS_REFUSED -> "Snapshots that were not what their sender said to have: must stay 0.";
            case DIGESTS_HASTENED -> "Digests, or hashes of them, sent before their time because something was lost.";
            case LEADS_DROPPED -> "Peers said to be ahead in rows whose word was not kept: there were too many.";
            case REPAIRS -> "Times that this node found itself behind in rows: something was lost on the way.";
            case RELAYS_ASKED -> "Repairs asked of another peer than the owner, which is suspected or silent.";
            case RELAYS_SERVED -> "Questions for other owners' rows that were answered.";
            case RELAYS_REFUSED -> "Questions for other owners' rows that this node does not hold so far.";
            case OWNERS_SET_ASIDE -> "Owners whose rows were set aside because they are taken for dead.";
            case OWNERS_RESTORED -> "Owners whose rows were in sight again because they live on.";
            case AUDITS -> "Digests compared with the rows held, at the same sequence.";
            case OWNERS_CLEARED -> "Owners whose rows were dropped because they are gone.";
            case AUDIT_MISMATCHES -> "Digests that disagree with the rows at the same sequence: must stay 0.";
            case REFUSED_STALE, REFUSED_OTHER_CLUSTER, REFUSED_UNASKED, REFUSED_NONSENSE ->
                "Messages about rows that this node refused, and why.";
        };
    }

    /** Four families, each with a sample for each kind of message. */
    private static void traffic(String prefix, String what, Traffic traffic, MetricsWriter out) {
        String of = " of " + what + ", by kind";
        kinds(
                prefix + "_messages_sent_total",
                "Messages" + of + ", handed to the transport.",
                traffic,
                traffic::sent,
                out);
        kinds(prefix + "_bytes_sent_total", "Bytes of frames sent" + of + ".", traffic, traffic::sentBytes, out);
        kinds(
                prefix + "_messages_received_total",
                "Messages" + of + ", that arrived.",
                traffic,
                traffic::received,
                out);
        kinds(
                prefix + "_bytes_received_total",
                "Bytes of frames received" + of + ".",
                traffic,
                traffic::receivedBytes,
                out);
    }

    private static void kinds(String name, String help, Traffic traffic, IntToLongFunction count, MetricsWriter out) {
        out.header(name, "counter", help);
        for (int kind = 0; kind < traffic.kinds().size(); kind++) {
            out.sample(name, "kind", traffic.kinds().get(kind), count.applyAsLong(kind));
        }
    }

    private static long suspects(Membership membership) {
        return membership.members().keySet().stream()
                .filter(node -> membership.suspicion(node) != null)
                .count();
    }

    private static long silenceNanosMax(Membership membership, long nowNanos) {
        long longest = 0;
        for (NodeId peer : membership.livePeers()) {
            long heard = membership.history().lastHeardNanos(peer);
            longest = Math.max(longest, heard == MemberHistory.NEVER ? 0 : nowNanos - heard);
        }
        return longest;
    }

    /** What others refused of us is no refusal of ours. */
    private static boolean isRefusal(String name) {
        return name.startsWith(REFUSED) && !name.equals(Counter.REFUSED_BY_OTHERS.name());
    }

    private static String reason(String name) {
        return lower(name.substring(REFUSED.length()));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
