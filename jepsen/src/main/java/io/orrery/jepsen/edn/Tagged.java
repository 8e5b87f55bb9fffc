package io.orrery.jepsen.edn;

/**
 * A value with a tag that says how to read it, such as {@code #inst "2026-01-01"} or a record's {@code #jepsen.history.Op{}}.
 */
public record Tagged(String tag, Object value) {}
