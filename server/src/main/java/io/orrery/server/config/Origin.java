package io.orrery.server.config;

/**
 * Where a setting came from.
 *
 * @param kind which source; a later constant wins over an earlier one
 * @param place for people: {@code orrery.yaml:3:7}, {@code ORRERY_NODE_NAME}, {@code --node.name}
 */
public record Origin(Kind kind, String place) {
    /** The sources, the weakest first. */
    public enum Kind {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }

    static final Origin DEFAULT = new Origin(Kind.DEFAULT, "default");
}
