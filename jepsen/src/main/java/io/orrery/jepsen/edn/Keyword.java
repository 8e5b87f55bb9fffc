package io.orrery.jepsen.edn;

/**
 * A name that stands for itself, such as {@code :valid?}.
 *
 * @param name without the colon; with its namespace, if any, before a slash
 */
public record Keyword(String name) implements Comparable<Keyword> {
    public static Keyword of(String name) {
        return new Keyword(name);
    }

    @Override
    public int compareTo(Keyword other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return ":" + name;
    }
}
