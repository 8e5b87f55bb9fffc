package io.orrery.broker.session;

import io.orrery.kernel.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The sessions open on this node, one for a client id. */
public final class SessionRegistry {
    private static final int CLIENT_ID_CHARS_MAX = 1_024;

    private final SessionHost host;
    private final int sessionsMax;
    private final TreeMap<String, ClientSession> sessions = new TreeMap<>();

    /**
     * @param sessionsMax beyond it a CONNECT is refused with SERVER_BUSY
     */
    public SessionRegistry(SessionHost host, int sessionsMax) {
        this.host = host;
        this.sessionsMax = sessionsMax;
    }

    /**
     * Opens a session. One that the client id has already ends first (MQTT 5.0 statement 3.1.4-3), with its will.
     *
     * @param stamp orders the sessions of a client id
     */
    public ConnectOutcome connect(ConnectRequest asked, ClientLink link, long stamp) {
        ConnectRequest request = asked;
        if (request.clientId().isEmpty()) {
            if (request.protocolLevel() < 5 && !request.cleanStart()) {
                return ConnectOutcome.refused(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
            }
            request = request.withClientId(assignedId());
        }
        if (request.clientId().length() > CLIENT_ID_CHARS_MAX
                || request.clientId().indexOf(0) >= 0) {
            return ConnectOutcome.refused(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
        }
        if (request.receiveMaximum() < 1 || request.receiveMaximum() > 65_535) {
            return ConnectOutcome.refused(ReasonCode.PROTOCOL_ERROR);
        }
        ClientSession earlier = sessions.get(request.clientId());
        if (earlier == null && sessions.size() >= sessionsMax) {
            host.counters().refusedQuota++;
            return ConnectOutcome.refused(ReasonCode.SERVER_BUSY);
        }
        if (earlier != null) {
            takeOver(earlier);
        }
        ClientSession session = new ClientSession(host, link, request, stamp);
        ClientSession replaced = sessions.put(request.clientId(), session);
        Check.that(replaced == null, "the earlier session of a client id has ended");
        host.counters().connects++;
        return new ConnectOutcome(ReasonCode.SUCCESS, session);
    }

    private String assignedId() {
        String id;
        do {
            id = "auto-" + Long.toHexString(host.kernel().prng().nextLong());
        } while (sessions.containsKey(id));
        return id;
    }

    /** Ends a session because its client connected again, here or elsewhere. */
    public void takeOver(ClientSession session) {
        host.counters().takeovers++;
        session.end(ReasonCode.SESSION_TAKEN_OVER, true);
    }

    /** Forgets a session that ended. */
    public void remove(ClientSession session) {
        boolean removed = sessions.remove(session.clientId(), session);
        Check.that(removed, "a session that ends was open");
    }

    /** The client's session, or null. */
    public ClientSession find(String clientId) {
        return sessions.get(clientId);
    }

    public int size() {
        return sessions.size();
    }

    /** All sessions in the order of their client ids. */
    public List<ClientSession> all() {
        return new ArrayList<>(sessions.values());
    }
}
