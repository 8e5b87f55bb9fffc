/**
 * JSON as RFC 8259 has it, and no more: a value model, a strict reader, a writer. Reading yields a value or a
 * {@link io.orrery.jepsen.json.JsonException} with a position, whatever the text; depth and size are limited.
 *
 * <p>Knows nothing of Maelstrom. Start with {@link io.orrery.jepsen.json.Json}.
 */
package io.orrery.jepsen.json;
