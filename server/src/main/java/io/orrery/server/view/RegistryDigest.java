package io.orrery.server.view;

import io.orrery.server.json.Json;

/**
 * What a node says of one of the registry's two sets of entries.
 *
 * @param set {@code settings} for namespaces and registered clients, {@code sessions} for connected ones
 * @param isSettled whether it holds nothing that it has not seen: then {@code hash} follows from {@code seen}
 * @param seen of all writes that it has seen, in hexadecimal digits
 * @param hash of the entries that are neither deleted nor void, in hexadecimal digits
 * @param entries how many those are
 */
public record RegistryDigest(String set, boolean isSettled, String seen, String hash, long entries) {
    static RegistryDigest of(Json json) {
        return new RegistryDigest(
                json.text("set"), json.truth("settled"), json.text("seen"), json.text("hash"), json.number("entries"));
    }

    /** How it differs from others, in words. */
    String words() {
        return entries + (entries == 1 ? " entry " : " entries ") + hash + (isSettled ? "" : ", more under way");
    }
}
