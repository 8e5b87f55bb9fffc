package io.orrery.jepsen.json;

import io.orrery.kernel.Check;

/**
 * How large a text may be.
 *
 * @param charsMax length of the whole text in UTF-16 code units; at least 1
 * @param depthMax arrays and objects inside each other; 1 to 1000, as the reader and the writer recurse
 */
public record JsonLimits(int charsMax, int depthMax) {
    /** 32 Mi characters (the largest frame in base64 fits) and 64 levels. */
    public static final JsonLimits DEFAULT = new JsonLimits(32 * 1024 * 1024, 64);

    public JsonLimits {
        Check.argument(charsMax >= 1, "a text's limit is positive");
        Check.argument(depthMax >= 1 && depthMax <= 1000, "a depth limit is between 1 and 1000");
    }
}
