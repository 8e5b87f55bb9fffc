package io.orrery.gossip.registry;

import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellListener;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The registry of a cluster: namespaces and registered clients, which outlive their writers, and the directory of sessions, which
 * do not. Every node holds all of it, answers from what it holds, and takes writes; what two wrote at the same time is settled by
 * rules that are the same everywhere ({@code cell.CellOrder}).
 *
 * <ul>
 *   <li>N1: settings (group 0) are on disk: a snapshot, and a journal of own writes. A write is told DONE when it is there.
 *   <li>N2: sessions (group 1) are not: a node that boots has none, and those of its last life are void.
 *   <li>N3: listeners are called in deferred events, never inside the change.
 * </ul>
 *
 * <p>For the node's thread. Give it a kernel scope of its own.
 */
public final class Registry implements Protocol {
    private final Kernel kernel;
    private final Membership membership;
    private final Replica settings;
    private final Replica sessions;
    private final Namespaces namespaces;
    private final Clients clients;
    private final SessionDirectory directory;
    private final List<RegistryListener> listeners = new ArrayList<>();
    private final TreeSet<Bytes> changed = new TreeSet<>();
    private final TreeSet<NodeId> voided = new TreeSet<>();
    private boolean isDeferred;

    /**
     * @param isFounder whether this node may be the first of its cluster: nobody is named whom it could learn from. Any other
     *     that begins with an empty disk takes no writes before it has heard from a peer
     * @param live the sessions that this node has
     */
    public Registry(Kernel kernel, Membership membership, RegistryConfig config, boolean isFounder, LiveSessions live) {
        this.kernel = kernel;
        this.membership = membership;
        CellListener changes = new CellListener() {
            @Override
            public void onChange(Cell before, Cell after) {
                changed.add(after.key());
                tellLater();
            }

            @Override
            public void onVoided(NodeId node, long life) {
                voided.add(node);
                tellLater();
            }
        };
        settings = new Replica(
                kernel.scope("settings"), membership, config, 0, config.settingsMax(), isFounder, true, changes);
        sessions = new Replica(
                kernel.scope("sessions"), membership, config, 1, config.sessionsMax(), isFounder, false, changes);
        settings.onLoad(this::onSettingsLoaded);
        Writer writer = new Writer(kernel, settings);
        namespaces = new Namespaces(writer, settings);
        clients = new Clients(writer, settings);
        directory = new SessionDirectory(kernel, membership, sessions, live);
    }

    @Override
    public void start() {
        settings.start();
    }

    /**
     * Sessions are on no disk, but who else may hold some is known from that of the settings: nodes that restart together would
     * else forget ends of sessions of which those that went on have not heard.
     */
    private void onSettingsLoaded() {
        sessions.book().addParticipants(settings.book().participants());
        sessions.start();
    }

    // ---- listeners

    /** Adds a listener; it hears what changes from now on. */
    public void listen(RegistryListener listener) {
        listeners.add(listener);
    }

    private void tellLater() {
        if (!isDeferred) {
            isDeferred = true;
            kernel.defer(this::tell);
        }
    }

    /** N3. */
    private void tell() {
        isDeferred = false;
        List<Bytes> keys = new ArrayList<>(changed);
        List<NodeId> nodes = new ArrayList<>(voided);
        changed.clear();
        voided.clear();
        if (!nodes.isEmpty()) {
            directory.reopenAll();
        }
        for (NodeId node : nodes) {
            listeners.forEach(listener -> listener.onSessionsGone(node));
        }
        for (Bytes key : keys) {
            List<String> parts = Keys.parts(key);
            if (parts != null && !parts.isEmpty()) {
                tell(key.at(0), parts);
            }
        }
    }

    private void tell(int kind, List<String> parts) {
        if (kind == Kind.NAMESPACE.ordinal()) {
            listeners.forEach(listener -> listener.onNamespace(parts.get(0)));
        } else if (kind == Kind.CLIENT.ordinal() && parts.size() == 2) {
            listeners.forEach(listener -> listener.onClient(parts.get(0), parts.get(1)));
        } else if (kind == Kind.SESSION.ordinal() && parts.size() == 2) {
            directory.onChange(parts.get(0), parts.get(1));
            listeners.forEach(listener -> listener.onSession(parts.get(0), parts.get(1)));
        }
    }

    // ---- what there is

    public Namespaces namespaces() {
        return namespaces;
    }

    public Clients clients() {
        return clients;
    }

    public SessionDirectory sessions() {
        return directory;
    }

    /** How fresh answers about namespaces and registered clients are. */
    public Freshness settingsFreshness() {
        return freshness(settings);
    }

    /** How fresh answers about sessions are. */
    public Freshness sessionsFreshness() {
        return freshness(sessions);
    }

    private Freshness freshness(Replica replica) {
        TreeMap<NodeId, Long> asOf = new TreeMap<>();
        replica.book().asOf().forEach((node, stamp) -> asOf.put(node, HybridClock.millisOf(stamp)));
        asOf.put(kernel.self(), kernel.wallMillis());
        int synced = 0;
        long oldest = -1;
        for (NodeId peer : membership.livePeers()) {
            long since = replica.book().syncedNanos(peer);
            if (since >= 0) {
                synced++;
                oldest = Math.max(oldest, kernel.nowNanos() - since);
            }
        }
        String why = replica.origin() == null ? "not loaded yet" : "";
        if (why.isEmpty()) {
            why = replica.isFresh() ? "began with nothing" : replica.isFull() ? "full" : "";
        }
        if (why.isEmpty() && !replica.refusals().isEmpty()) {
            why = "refuses what " + replica.refusals().firstKey() + " says";
        }
        return new Freshness(asOf, membership.livePeers().size(), synced, oldest, why);
    }

    /** The cells of namespaces and clients: for checks and counters. */
    public Replica settings() {
        return settings;
    }

    /** The cells of sessions: for checks and counters. */
    public Replica sessionCells() {
        return sessions;
    }

    @Override
    public void describe(Description out) {
        out.begin("settings");
        settings.describe(out);
        out.end();
        out.begin("sessions");
        sessions.describe(out);
        out.end();
    }

    @Override
    public void checkInvariants() {
        settings.checkInvariants();
        sessions.checkInvariants();
    }
}
