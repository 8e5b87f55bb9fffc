package io.orrery.broker.session;

/**
 * What a CONNECT packet asks for.
 *
 * @param clientId empty to have one assigned
 * @param protocolLevel 3 or 4 for MQTT 3.1 and 3.1.1, 5 for MQTT 5
 * @param cleanStart false asks for an earlier session; there is none, since sessions end with their connection
 * @param keepAliveSeconds for display only: the listener enforces it
 * @param receiveMaximum how many QoS 1 messages the client takes unacknowledged, 1 to 65,535
 * @param userName for display; null if absent
 * @param remoteAddress for display
 * @param will null if absent
 */
public record ConnectRequest(
        String clientId,
        int protocolLevel,
        boolean cleanStart,
        int keepAliveSeconds,
        int receiveMaximum,
        String userName,
        String remoteAddress,
        Will will) {
    /** A clean MQTT 5 session with nothing special about it. */
    public static ConnectRequest of(String clientId) {
        return new ConnectRequest(clientId, 5, true, 60, 65_535, null, "", null);
    }

    public ConnectRequest withClientId(String id) {
        return new ConnectRequest(
                id, protocolLevel, cleanStart, keepAliveSeconds, receiveMaximum, userName, remoteAddress, will);
    }

    public ConnectRequest withWill(Will newWill) {
        return new ConnectRequest(
                clientId,
                protocolLevel,
                cleanStart,
                keepAliveSeconds,
                receiveMaximum,
                userName,
                remoteAddress,
                newWill);
    }
}
