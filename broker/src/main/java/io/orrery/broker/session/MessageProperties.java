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

    /** Characters of all texts together. */
    int textChars() {
        int chars = length(contentType) + length(responseTopic);
        for (int i = 0; i < userProperties.size(); i++) {
            chars += userProperties.get(i).name.length()
                    + userProperties.get(i).value.length();
        }
        return chars;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    /** Bytes of what is no text, with what marks each property. */
    int otherBytes() {
        return 16 + 8 * userProperties.size() + (correlationData == null ? 0 : correlationData.length());
    }

    /** The bytes of the properties' content. */
    long exactBytes() {
        long bytes = correlationData == null ? 0 : correlationData.length();
        bytes += contentType == null ? 0 : utf8Length(contentType);
        bytes += responseTopic == null ? 0 : utf8Length(responseTopic);
        for (UserProperty property : userProperties) {
            bytes += utf8Length(property.name) + utf8Length(property.value);
        }
        return bytes;
    }

    /** Bytes of the text in UTF-8. */
    static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
