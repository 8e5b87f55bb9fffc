package io.orrery.broker.session;

import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;

/**
 * An application message: what a client publishes and others receive.
 *
 * @param topic where it goes
 * @param payload the client's bytes
 * @param qos 0 or 1, as the publisher chose
 * @param retain the flag as published; nothing is stored for it yet
 * @param properties MQTT 5 properties; {@link MessageProperties#NONE} from a 3.1.1 client
 */
public record Message(TopicName topic, Bytes payload, int qos, boolean retain, MessageProperties properties) {
    public Message {
        Check.argument(qos == 0 || qos == 1, "a message has QoS 0 or 1");
    }

    /** A message without MQTT 5 properties, not retained. */
    public static Message of(String topic, Bytes payload, int qos) {
        return new Message(TopicName.of(topic), payload, qos, false, MessageProperties.NONE);
    }

    /** An upper bound of the bytes that the message takes, cheap to know. */
    public int sizeBytes() {
        return 3 * (topic.text().length() + properties.textChars()) + payload.length() + properties.otherBytes() + 16;
    }

    /** Whether topic, payload and properties have more bytes than this. */
    public boolean isLargerThan(int bytesMax) {
        if (sizeBytes() <= bytesMax) {
            return false;
        }
        long exact = MessageProperties.utf8Length(topic.text()) + payload.length() + properties.exactBytes();
        return exact > bytesMax;
    }

    /** This message after it waited: with less life left, or null if none is. */
    public Message aged(long waitedNanos) {
        long seconds = properties.expirySeconds();
        if (seconds < 0) {
            return this;
        }
        long left = seconds - waitedNanos / 1_000_000_000L;
        if (left <= 0) {
            return null;
        }
        return left == seconds ? this : new Message(topic, payload, qos, retain, properties.withExpirySeconds(left));
    }
}
