package io.orrery.transport.aeron;

import io.aeron.Image;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.host.Transport.Inbound;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** All inbound sessions of a transport, polled in turn. */
final class Sessions {
    private static final Logger LOG = System.getLogger(Sessions.class.getPackageName());

    private final AeronConfig config;
    private final Inbound inbound;
    private final Admission admission;
    private final AeronCounters counters;
    private final AssemblyBudget budget;
    private final List<Session> sessions = new ArrayList<>();
    /** Refused sessions whose senders are not told yet; each session is refused once, so sessionsMax bounds it. */
    private final ArrayDeque<Session> toReject = new ArrayDeque<>();

    private int firstPolled;

    Sessions(AeronConfig config, Inbound inbound, Admission admission, AeronCounters counters) {
        this.config = config;
        this.inbound = inbound;
        this.admission = admission;
        this.counters = counters;
        this.budget = new AssemblyBudget(config.assemblyBytesMax());
    }

    Inbound inbound() {
        return inbound;
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
        LOG.log(
                reason == Refusal.NO_HELLO ? Logger.Level.DEBUG : Logger.Level.WARNING,
                () -> "refused a session from " + session.source() + " to " + config.self() + ": " + reason.text());
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
