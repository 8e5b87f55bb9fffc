package io.orrery.transport.aeron;

import io.aeron.Image;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.host.LastRefusal;
import io.orrery.kernel.host.Transport.Inbound;
import io.orrery.kernel.seal.SealFault;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.NanoClock;

/** All inbound sessions of a transport, polled in turn. */
final class Sessions {
    /** Who is told what sessions say besides frames. */
    interface Listener {
        /** A session was accepted. */
        void onHello(Hello hello);

        /** A member of the cluster asks who is here. */
        void onKnock(Hello hello);

        /** A peer says that it is where a knock asked. */
        void onAnswer(NodeId from, long number);
    }

    private static final Logger LOG = System.getLogger(Sessions.class.getPackageName());

    private final AeronConfig config;
    private final Inbound inbound;
    private final Listener listener;
    private final Admission admission;
    private final AeronCounters counters;
    private final AssemblyBudget budget;
    private final List<Session> sessions = new ArrayList<>();
    /** Refused sessions whose senders are not told yet; each session is refused once, so sessionsMax bounds it. */
    private final ArrayDeque<Session> toReject = new ArrayDeque<>();

    private final Map<Refusal, LimitedLog> limits = new EnumMap<>(Refusal.class);
    private final Seals seals;
    private final Map<SealFault, LimitedLog> faultLimits = new EnumMap<>(SealFault.class);
    private final LastRefusal lastRefusal;
    private int firstPolled;

    Sessions(
            AeronConfig config,
            Inbound inbound,
            Listener listener,
            Admission admission,
            AeronCounters counters,
            NanoClock clock,
            Seals seals,
            LastRefusal lastRefusal) {
        this.seals = seals;
        this.lastRefusal = lastRefusal;
        this.config = config;
        this.inbound = inbound;
        this.listener = listener;
        this.admission = admission;
        this.counters = counters;
        this.budget = new AssemblyBudget(config.assemblyBytesMax());
        for (Refusal reason : Refusal.values()) {
            limits.put(reason, new LimitedLog(clock));
        }
        for (SealFault fault : SealFault.values()) {
            faultLimits.put(fault, new LimitedLog(clock));
        }
    }

    Inbound inbound() {
        return inbound;
    }

    /** Null if this node does not seal. */
    Seals seals() {
        return seals;
    }

    /** A datagram did not open: it is dropped, and its session goes on. */
    void onFault(Session session, SealFault fault) {
        String suffix = faultLimits.get(fault).maybeSuffix();
        if (suffix != null) {
            LOG.log(
                    Logger.Level.WARNING,
                    config.self() + " dropped a datagram from " + session.source() + " (" + fault.metric() + "): "
                            + fault.text() + suffix);
        }
    }

    Listener listener() {
        return listener;
    }

    Admission admission() {
        return admission;
    }

    int count() {
        return sessions.size();
    }

    void onImage(Image image, int streamId, Delivery delivery) {
        Session session = new Session(image, streamId, delivery, this, counters, budget);
        sessions.add(session);
        if (sessions.size() > config.sessionsMax()) {
            refuse(session, Refusal.TOO_MANY);
        }
    }

    void onImageGone(Image image) {
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(i);
            if (session.image() == image) {
                session.close();
                sessions.remove(i);
                toReject.remove(session);
                return;
            }
        }
    }

    void refuse(Session session, Refusal reason) {
        session.refuse(reason);
        toReject.add(session);
        if (reason != Refusal.NO_HELLO) {
            lastRefusal.note("refused a session from " + session.source() + ": " + reason.text());
        }
        String suffix = limits.get(reason).maybeSuffix();
        if (suffix != null) {
            // A sender that has outlived this node's former incarnation is no trouble.
            Logger.Level level = reason == Refusal.NO_HELLO ? Logger.Level.DEBUG : Logger.Level.WARNING;
            LOG.log(
                    level,
                    config.self() + " refused a session from " + session.source() + ": " + reason.text() + suffix);
        }
    }

    /** Takes messages of each session, each round beginning with another one. */
    int poll() {
        int count = sessions.size();
        if (count == 0) {
            return 0;
        }
        int taken = 0;
        firstPolled = firstPolled + 1 < count ? firstPolled + 1 : 0;
        for (int i = 0; i < count; i++) {
            int at = firstPolled + i < count ? firstPolled + i : firstPolled + i - count;
            taken += sessions.get(at).poll(config.fragmentsPerPollMax());
        }
        return taken;
    }

    /** Tells one refused sender; the call waits for the driver, so it is never made for more than one at a time. */
    int maybeReject() {
        Session session = toReject.poll();
        if (session == null || session.image().isClosed()) {
            return 0;
        }
        session.image().reject(config.self() + " refuses: " + session.refusal().text());
        return 1;
    }

    void close() {
        sessions.forEach(Session::close);
        sessions.clear();
        toReject.clear();
    }
}
