package io.orrery.broker.session;

import io.orrery.broker.topic.TopicName;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A {@link Message} in bytes: topic, payload, one byte of flags that also says which properties follow, the properties.
 */
public final class MessageCodec implements Codec<Message> {
    public static final MessageCodec INSTANCE = new MessageCodec();

    private static final int QOS_1 = 1;
    private static final int RETAIN = 1 << 1;
    private static final int PAYLOAD_FORMAT = 1 << 2;
    private static final int EXPIRY = 1 << 3;
    private static final int CONTENT_TYPE = 1 << 4;
    private static final int RESPONSE_TOPIC = 1 << 5;
    private static final int CORRELATION = 1 << 6;
    private static final int USER = 1 << 7;

    @Override
    public void encode(Message message, Encoder out) {
        MessageProperties properties = message.properties();
        out.writeString(message.topic().text());
        out.writeBytes(message.payload());
        out.writeByte(flags(message));
        if (properties.payloadFormat() >= 0) {
            out.writeByte(properties.payloadFormat());
        }
        if (properties.expirySeconds() >= 0) {
            out.writeVarLong(properties.expirySeconds());
        }
        if (properties.contentType() != null) {
            out.writeString(properties.contentType());
        }
        if (properties.responseTopic() != null) {
            out.writeString(properties.responseTopic());
        }
        if (properties.correlationData() != null) {
            out.writeBytes(properties.correlationData());
        }
        if (!properties.userProperties().isEmpty()) {
            out.writeVarLong(properties.userProperties().size());
            for (MessageProperties.UserProperty property : properties.userProperties()) {
                out.writeString(property.name());
                out.writeString(property.value());
            }
        }
    }

    private static int flags(Message message) {
        MessageProperties properties = message.properties();
        return (message.qos() == 1 ? QOS_1 : 0)
                | (message.retain() ? RETAIN : 0)
                | (properties.payloadFormat() >= 0 ? PAYLOAD_FORMAT : 0)
                | (properties.expirySeconds() >= 0 ? EXPIRY : 0)
                | (properties.contentType() != null ? CONTENT_TYPE : 0)
                | (properties.responseTopic() != null ? RESPONSE_TOPIC : 0)
                | (properties.correlationData() != null ? CORRELATION : 0)
                | (properties.userProperties().isEmpty() ? 0 : USER);
    }

    @Override
    public Message decode(Decoder in) {
        String topic = in.readRecurring();
        if (TopicName.fault(topic) != null) {
            throw new DecodeException("not a topic name");
        }
        Bytes payload = in.readBytes();
        int flags = in.readByte();
        MessageProperties properties = flags >> 2 == 0 ? MessageProperties.NONE : decodeProperties(flags, in);
        return new Message(TopicName.of(topic), payload, flags & QOS_1, (flags & RETAIN) != 0, properties);
    }

    private static MessageProperties decodeProperties(int flags, Decoder in) {
        int payloadFormat = (flags & PAYLOAD_FORMAT) != 0 ? in.readByte() : -1;
        long expirySeconds = (flags & EXPIRY) != 0 ? in.readVarLong() : -1;
        if (payloadFormat > 1 || (flags & EXPIRY) != 0 && (expirySeconds < 0 || expirySeconds > 0xFFFF_FFFFL)) {
            throw new DecodeException("a property out of range");
        }
        String contentType = (flags & CONTENT_TYPE) != 0 ? in.readString() : null;
        String responseTopic = (flags & RESPONSE_TOPIC) != 0 ? in.readString() : null;
        Bytes correlation = (flags & CORRELATION) != 0 ? in.readBytes() : null;
        List<MessageProperties.UserProperty> user = new ArrayList<>();
        if ((flags & USER) != 0) {
            int count = in.readCount(2);
            for (int i = 0; i < count; i++) {
                user.add(new MessageProperties.UserProperty(in.readString(), in.readString()));
            }
        }
        return new MessageProperties(
                payloadFormat,
                expirySeconds,
                contentType,
                responseTopic,
                correlation,
                Collections.unmodifiableList(user));
    }
}
