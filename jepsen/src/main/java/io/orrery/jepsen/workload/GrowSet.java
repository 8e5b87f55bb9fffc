package io.orrery.jepsen.workload;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.json.JsonException;
import io.orrery.jepsen.json.JsonReader;
import io.orrery.jepsen.maelstrom.MalformedMessageException;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * A set of JSON values that only grows: each node owns the values it was given, and every node holds the union. Two values
 * are equal if their compact text is.
 */
final class GrowSet {
    /** A longer value's row would not fit the owner log. */
    static final int VALUE_BYTES_MAX = 60 * 1024;

    private final Rows rows;
    private final char kind;
    private final LinkedHashMap<String, Json> values = new LinkedHashMap<>();

    GrowSet(Rows rows, char kind) {
        this.rows = rows;
        this.kind = kind;
        rows.register(kind, this::onRow);
    }

    /**
     * Adds a value here; the others hear of it by gossip.
     *
     * @throws MalformedMessageException if it is too long
     */
    void add(Json value) {
        String text = value.text();
        Encoder row = Rows.row(kind);
        row.writeString(text);
        if (row.position() > VALUE_BYTES_MAX) {
            throw new MalformedMessageException("a value has at most " + VALUE_BYTES_MAX + " bytes");
        }
        if (values.putIfAbsent(text, value) == null) {
            rows.add(row.toBytes());
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** All values known here, in the order in which they became known. */
    Json all() {
        return Json.of(new ArrayList<>(values.values()));
    }

    private void onRow(NodeId owner, Decoder row) {
        String text = row.readString();
        row.expectEnd();
        try {
            values.putIfAbsent(text, JsonReader.read(text));
        } catch (JsonException notAValue) {
            throw new DecodeException("a value is JSON");
        }
    }
}
