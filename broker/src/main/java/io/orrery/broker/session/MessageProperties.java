package io.orrery.broker.session;

import io.orrery.kernel.codec.Bytes;
import java.util.List;

/**
 * The MQTT 5 properties that travel with a message from publisher to subscriber unchanged (section 3.3.2.3), but for the
 * expiry, which is lowered by the time the message waits.
 *
 * @param payloadFormat 0 bytes, 1 UTF-8; -1 if absent
 * @param expirySeconds of life left; -1 for no end
 * @param contentType null if absent
 * @param responseTopic null if absent
 * @param correlationData null if absent
 * @param userProperties in the publisher's order; names may recur
 */
public record MessageProperties(
        int payloadFormat,
        long expirySeconds,
        String contentType,
        String responseTopic,
        Bytes correlationData,
        List<UserProperty> userProperties) {
    public static final MessageProperties NONE = new MessageProperties(-1, -1, null, null, null, List.of());

    /** One name and value of the publisher's own. */
    public record UserProperty(String name, String value) {}

    public MessageProperties withExpirySeconds(long seconds) {
        return new MessageProperties(
                payloadFormat, seconds, contentType, responseTopic, correlationData, userProperties);
    }

    /** An upper bound of the bytes that the properties take. */
    int sizeBytes() {
        int bytes = size(contentType) + size(responseTopic) + 16;
        bytes += correlationData == null ? 0 : correlationData.length();
        for (UserProperty property : userProperties) {
            bytes += size(property.name) + size(property.value) + 8;
        }
        return bytes;
    }

    private static int size(String text) {
        return text == null ? 0 : 3 * text.length();
    }
}
