package io.orrery.broker.session;

/**
 * The answer to a CONNECT.
 *
 * @param reason SUCCESS, or why there is no session
 * @param session null unless the reason is SUCCESS; its client id may have been assigned by the broker
 */
public record ConnectOutcome(ReasonCode reason, ClientSession session) {
    public static ConnectOutcome refused(ReasonCode reason) {
        return new ConnectOutcome(reason, null);
    }

    public boolean isAccepted() {
        return session != null;
    }
}
