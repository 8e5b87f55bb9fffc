package io.orrery.broker.route;

import io.orrery.broker.topic.TopicFilter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/** The rows that a node owns in the owner log: its filters, and its clients. The first byte says which. */
public final class RowCodec {
    private static final int FILTER = 'r';
    private static final int CLIENT = 'c';

    /**
     * What a row says.
     *
     * @param filter that the owner has a subscriber for; null in a client's row
     * @param clientId of a client that is connected to the owner; null in a filter's row
     * @param stamp orders the sessions of the client
     */
    public record Row(TopicFilter filter, String clientId, long stamp) {}

    private RowCodec() {}

    public static Bytes ofFilter(TopicFilter filter) {
        byte[] text = Bytes.ofUtf8(filter.text()).toByteArray();
        byte[] row = new byte[text.length + 1];
        row[0] = FILTER;
        System.arraycopy(text, 0, row, 1, text.length);
        return Bytes.wrap(row);
    }

    public static Bytes ofClient(String clientId, long stamp) {
        Encoder out = new Encoder();
        out.writeByte(CLIENT);
        out.writeLong(stamp);
        out.writeString(clientId);
        return out.toBytes();
    }

    /** What the row says; null if it is nothing that this version knows. */
    public static Row decode(Bytes row) {
        if (row.isEmpty()) {
            return null;
        }
        Bytes content = row.slice(1, row.length() - 1);
        return switch (row.at(0)) {
            case FILTER -> decodeFilter(content);
            case CLIENT -> decodeClient(content.decoder());
            default -> null;
        };
    }

    /** Bytes that are not UTF-8 become U+FFFD, and could not be told from it. */
    private static Row decodeFilter(Bytes content) {
        String text = content.utf8();
        boolean isExact = text.indexOf('\uFFFD') < 0 || Bytes.ofUtf8(text).equals(content);
        return isExact && TopicFilter.fault(text) == null ? new Row(TopicFilter.of(text), null, 0) : null;
    }

    private static Row decodeClient(Decoder in) {
        try {
            long stamp = in.readLong();
            Row client = new Row(null, in.readString(), stamp);
            in.expectEnd();
            return client;
        } catch (DecodeException notOne) {
            return null;
        }
    }
}
