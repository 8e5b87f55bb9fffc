package io.orrery.broker.session;

/**
 * Why an MQTT exchange ended as it did (MQTT 5.0 section 2.4). The listener maps them to return codes for MQTT 3.1.1.
 */
public enum ReasonCode {
    /** Success; as the answer to a SUBSCRIBE, QoS 0 granted; in a DISCONNECT, a normal end. */
    SUCCESS(0x00),
    GRANTED_QOS_1(0x01),
    GRANTED_QOS_2(0x02),
    DISCONNECT_WITH_WILL(0x04),
    NO_MATCHING_SUBSCRIBERS(0x10),
    NO_SUBSCRIPTION_EXISTED(0x11),
    UNSPECIFIED_ERROR(0x80),
    MALFORMED_PACKET(0x81),
    PROTOCOL_ERROR(0x82),
    CLIENT_IDENTIFIER_NOT_VALID(0x85),
    NOT_AUTHORIZED(0x87),
    SERVER_UNAVAILABLE(0x88),
    SERVER_BUSY(0x89),
    SERVER_SHUTTING_DOWN(0x8B),
    KEEP_ALIVE_TIMEOUT(0x8D),
    SESSION_TAKEN_OVER(0x8E),
    TOPIC_FILTER_INVALID(0x8F),
    TOPIC_NAME_INVALID(0x90),
    RECEIVE_MAXIMUM_EXCEEDED(0x93),
    PACKET_TOO_LARGE(0x95),
    QUOTA_EXCEEDED(0x97),
    RETAIN_NOT_SUPPORTED(0x9A),
    QOS_NOT_SUPPORTED(0x9B),
    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E);

    private final int code;

    ReasonCode(int code) {
        this.code = code;
    }

    /** The byte on the wire of MQTT 5. */
    public int code() {
        return code;
    }

    /** From 0x80 on the exchange failed. */
    public boolean isError() {
        return code >= 0x80;
    }

    /** The answer to a SUBSCRIBE that was granted {@code qos}. */
    public static ReasonCode granted(int qos) {
        return switch (qos) {
            case 0 -> SUCCESS;
            case 1 -> GRANTED_QOS_1;
            case 2 -> GRANTED_QOS_2;
            default -> throw new IllegalArgumentException("a QoS is 0, 1 or 2");
        };
    }
}
