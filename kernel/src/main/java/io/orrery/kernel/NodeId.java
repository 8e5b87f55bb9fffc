package io.orrery.kernel;

import io.orrery.kernel.codec.Utf8;

/**
 * A node's name, unique in its cluster and kept for life: {@code name@host} for brokers, any word in simulations.
 * Ordered by name.
 *
 * @param name 1 to {@value #BYTES_MAX} bytes of UTF-8, without spaces, commas, bars or control characters
 */
public record NodeId(String name) implements Comparable<NodeId> {
    public static final int BYTES_MAX = 255;

    public NodeId {
        Check.argument(!name.isEmpty(), "a node's name is not empty");
        Check.argument(name.length() <= BYTES_MAX, "a node's name has at most 255 bytes");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            Check.argument(
                    c > ' ' && c != ',' && c != '|' && c != '\u007f',
                    "a node's name has no space, comma, bar or control character");
        }
        Check.argument(Utf8.length(name) <= BYTES_MAX, "a node's name has at most 255 bytes");
    }

    public static NodeId of(String name) {
        return new NodeId(name);
    }

    // Names are compared on every event, most often one with itself: the generated methods are several times slower.

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof NodeId that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public int compareTo(NodeId other) {
        return this == other ? 0 : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
