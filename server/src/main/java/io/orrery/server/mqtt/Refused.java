package io.orrery.server.mqtt;

/** A packet that ends its connection: what it says is well-formed and not allowed. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final int MALFORMED_PACKET = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    static final int TOPIC_NAME_INVALID = 0x90;
    static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    static final int TOPIC_ALIAS_INVALID = 0x94;
    static final int PACKET_TOO_LARGE = 0x95;
    static final int RETAIN_NOT_SUPPORTED = 0x9A;
    static final int QOS_NOT_SUPPORTED = 0x9B;

    private final int code;

    /**
     * @param code a reason code of MQTT 5, section 2.4
     */
    Refused(int code, String why) {
        super(why, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
