package io.orrery.server.mqtt;

import io.orrery.server.config.Config;
import io.orrery.server.config.Keys;

/**
 * What one listener allows; see the keys of the same names.
 *
 * @param connectionsMax at one time
 * @param packetBytesMax of one packet from a client
 * @param receiveMaximum QoS 1 and 2 publishes of one client that wait for their acknowledgement
 * @param connectTimeoutNanos until the CONNECT is there
 * @param keepAliveSecondsMax granted
 * @param outboundBytesMax that wait to be written to one client
 */
public record MqttLimits(
        int connectionsMax,
        int packetBytesMax,
        int receiveMaximum,
        long connectTimeoutNanos,
        int keepAliveSecondsMax,
        int outboundBytesMax) {
    public static MqttLimits of(Config config) {
        return new MqttLimits(
                config.value(Keys.MQTT_CONNECTIONS_MAX),
                config.value(Keys.MQTT_PACKET_BYTES_MAX),
                config.value(Keys.MQTT_RECEIVE_MAXIMUM),
                config.value(Keys.MQTT_CONNECT_TIMEOUT),
                (int) (config.value(Keys.MQTT_KEEP_ALIVE_MAX) / 1_000_000_000L),
                config.value(Keys.MQTT_OUTBOUND_BYTES_MAX));
    }
}
