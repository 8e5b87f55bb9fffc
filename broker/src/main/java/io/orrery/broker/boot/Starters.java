package io.orrery.broker.boot;

import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The other nodes that this one knows of at its first boot, and which of them it hears. */
final class Starters {
    /** More are not remembered; those that are heard push out none. */
    static final int NODES_MAX = 64;

    private static final class Entry {
        private String address = "";
        private long heardNanos;
        private boolean counts;
        private boolean isHeard;
    }

    private final NodeId self;
    private final Electorate electorate;
    private final TreeMap<NodeId, Entry> entries = new TreeMap<>();

    Starters(NodeId self, Electorate electorate) {
        this.self = self;
        this.electorate = electorate;
    }

    /** Knows of a node; whether it did not before. */
    boolean maybeAdd(NodeId node, String address) {
        Entry entry = entries.get(node);
        if (node.equals(self) || entry == null && entries.size() >= NODES_MAX) {
            return false;
        }
        if (entry == null) {
            entry = new Entry();
            entries.put(node, entry);
        }
        boolean isNews = entry.address.isEmpty() && !address.isEmpty();
        entry.address = address.isEmpty() ? entry.address : address;
        return isNews;
    }

    /** A node of no cluster spoke. */
    void onHello(NodeId node, Electorate expected, long nowNanos) {
        Entry entry = entries.get(node);
        if (entry != null) {
            entry.isHeard = true;
            entry.heardNanos = nowNanos;
            entry.counts = expected.equals(electorate) && electorate.includes(node);
        }
    }

    /** All that are known, but this node. */
    List<NodeId> known() {
        return new ArrayList<>(entries.keySet());
    }

    /** What others are told. */
    List<Starter> told() {
        List<Starter> told = new ArrayList<>();
        entries.forEach((node, entry) -> told.add(new Starter(node, entry.address)));
        return told;
    }

    /** Those that count and were heard since, with this node if it counts. */
    TreeSet<NodeId> present(long sinceNanos) {
        TreeSet<NodeId> present = new TreeSet<>();
        if (electorate.includes(self)) {
            present.add(self);
        }
        entries.forEach((node, entry) -> {
            if (entry.isHeard && entry.counts && entry.heardNanos >= sinceNanos) {
                present.add(node);
            }
        });
        return present;
    }

    /** How many that count were ever heard, this node among them. */
    int everPresent() {
        return present(Long.MIN_VALUE).size();
    }
}
