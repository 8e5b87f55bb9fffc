package io.orrery.server.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A JSON value that was read. Fields that are missing read as null, empty text, 0, false or an empty list. */
public final class Json {
    /** No text is folded. */
    private static final int YAML_WIDTH = 1_000_000;

    private final Object value;

    private Json(Object value) {
        this.value = value;
    }

    /**
     * @throws JsonException if it is not JSON
     */
    public static Json parse(String text) {
        return new Json(new JsonReader(text).document());
    }

    public boolean isNull() {
        return value == null;
    }

    /** A field of an object. */
    public Json at(String field) {
        if (value == null) {
            return this;
        }
        if (value instanceof Map<?, ?> map) {
            return new Json(map.get(field));
        }
        throw new JsonException("expected an object with " + field);
    }

    public String text(String field) {
        return at(field).text();
    }

    public long number(String field) {
        Object inner = at(field).value;
        if (inner == null) {
            return 0;
        }
        if (inner instanceof Long number) {
            return number;
        }
        throw new JsonException(field + " is not a whole number");
    }

    public boolean truth(String field) {
        return Boolean.TRUE.equals(at(field).value);
    }

    /** A field's items. */
    public List<Json> list(String field) {
        return at(field).list();
    }

    /** A field's items as text. */
    public List<String> texts(String field) {
        return list(field).stream().map(Json::text).toList();
    }

    public List<Json> list() {
        List<Json> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(new Json(item)));
        } else if (value != null) {
            throw new JsonException("expected a list");
        }
        return items;
    }

    /** A string as it is, null as empty text, anything else as JSON. */
    public String text() {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : toString();
    }

    /** As YAML, in blocks. */
    public String yaml() {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(YAML_WIDTH)
                .build();
        return new Dump(settings).dumpToString(value).stripTrailing();
    }

    /** As JSON on one line. */
    @Override
    public String toString() {
        return new JsonWriter().tree(value).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }
}
