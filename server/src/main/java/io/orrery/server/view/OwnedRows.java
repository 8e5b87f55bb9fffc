package io.orrery.server.view;

import io.orrery.server.json.Json;

/**
 * How far a node has an owner's rows.
 *
 * @param isComplete whether it holds them all as of {@code sequence}; if not, a snapshot is under way and the rest is 0
 * @param hash of the rows, in hexadecimal digits
 */
public record OwnedRows(String owner, boolean isComplete, long generation, long sequence, long count, String hash) {
    static OwnedRows of(Json json) {
        return new OwnedRows(
                json.text("owner"),
                json.truth("complete"),
                json.number("generation"),
                json.number("sequence"),
                json.number("count"),
                json.text("hash"));
    }

    /** Whether there is anything to have. */
    boolean isEmpty() {
        return isComplete && sequence == 0;
    }
}
