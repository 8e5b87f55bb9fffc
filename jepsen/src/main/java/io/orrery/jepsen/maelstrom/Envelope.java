package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.json.JsonException;
import io.orrery.jepsen.json.JsonReader;

/**
 * A message on Maelstrom's network: one line of JSON.
 *
 * @param src who sent it: a node ({@code n1}) or a client ({@code c7})
 * @param dest who shall have it
 * @param body an object; what is in it depends on its {@code type}
 */
public record Envelope(String src, String dest, Json.Obj body) {
    /**
     * Reads a line. Members beyond the three are ignored: Maelstrom adds an {@code id}.
     *
     * @throws MalformedMessageException if it is not an envelope
     */
    public static Envelope read(String line) {
        Json json;
        try {
            json = JsonReader.read(line);
        } catch (JsonException notJson) {
            throw new MalformedMessageException("not JSON: " + notJson.getMessage());
        }
        if (json instanceof Json.Obj envelope
                && envelope.member("src") instanceof Json.Str src
                && envelope.member("dest") instanceof Json.Str dest
                && envelope.member("body") instanceof Json.Obj body) {
            return new Envelope(src.value(), dest.value(), body);
        }
        throw new MalformedMessageException("an envelope has src, dest and body");
    }

    /** The body's type, or null if it has none. */
    public String type() {
        return body.string("type");
    }

    /** A message back to the sender. */
    public Envelope reply(Json.Obj answer) {
        return new Envelope(/* src= */ dest, /* dest= */ src, answer);
    }

    /** The line, without its end. */
    public String line() {
        return Json.object()
                .with("src", src)
                .with("dest", dest)
                .with("body", body)
                .text();
    }
}
