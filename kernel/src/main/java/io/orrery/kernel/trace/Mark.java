package io.orrery.kernel.trace;

/**
 * A rare situation that tests are expected to reach, such as {@code raft.conflict-truncated}. Each module lists its own
 * in one class; a burn counts them, and a simulator that never reaches one has become too kind.
 *
 * @param name module, dot, the situation in lower-case words joined by hyphens
 */
public record Mark(String name) implements Comparable<Mark> {
    @Override
    public int compareTo(Mark other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
