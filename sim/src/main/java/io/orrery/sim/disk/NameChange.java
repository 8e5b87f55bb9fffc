package io.orrery.sim.disk;

import java.util.TreeMap;

/**
 * A change of a directory that is not durable yet.
 *
 * @param from the name that loses its file; null for a creation
 * @param to the name that gains it; null for a deletion
 * @param inode the file
 * @param replaced what {@code to} named before; null if nothing
 */
record NameChange(String from, String to, Inode inode, Inode replaced) {
    void redo(TreeMap<String, Inode> names) {
        if (from != null) {
            names.remove(from);
        }
        if (to != null) {
            names.put(to, inode);
        }
    }

    void undo(TreeMap<String, Inode> names) {
        if (to != null) {
            restore(names, to, replaced);
        }
        if (from != null) {
            names.put(from, inode);
        }
    }

    private static void restore(TreeMap<String, Inode> names, String name, Inode before) {
        if (before == null) {
            names.remove(name);
        } else {
            names.put(name, before);
        }
    }

    boolean touches(String name) {
        return name != null && (name.equals(from) || name.equals(to));
    }

    boolean shares(NameChange other) {
        return touches(other.from) || touches(other.to);
    }
}
