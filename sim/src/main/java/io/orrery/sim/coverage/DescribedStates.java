package io.orrery.sim.coverage;

import io.orrery.kernel.Description;
import io.orrery.kernel.NodeId;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What can be said of any protocol that describes itself: words as they are; the name of a node as nobody, itself or another;
 * numbers by how far they are behind the greatest that any node has under the same name. A part that is named after a node
 * counts as one of a multiset.
 *
 * <p>A workload that knows its protocol says more, and faster.
 */
public final class DescribedStates implements Abstraction {
    private static final int NOBODY = 1;
    private static final int ITSELF = 2;
    private static final int ANOTHER = 3;
    private static final int NUMBERS_MAX = 256;

    private final TreeMap<String, NodeId> ids = new TreeMap<>();

    @Override
    public void sketch(Simulation sim, AbstractState state) {
        List<NodeId> nodes = sim.nodes();
        if (ids.size() != nodes.size()) {
            nodes.forEach(node -> ids.put(node.name(), node));
        }
        List<Node> described = new ArrayList<>();
        TreeMap<Long, Long> greatest = new TreeMap<>();
        for (NodeId id : nodes) {
            Node node = null;
            if (sim.isUp(id)) {
                node = new Node(id);
                sim.describe(id, node);
                for (int i = 0; i < node.count; i++) {
                    greatest.merge(node.keys[i], node.numbers[i], Math::max);
                }
            }
            described.add(node);
        }
        for (int index = 0; index < described.size(); index++) {
            Node node = described.get(index);
            if (node != null) {
                state.node(index, node.hash(greatest));
            }
        }
    }

    /** One node's description: words hashed, numbers kept until all nodes' are known. */
    private final class Node implements Description {
        private final NodeId id;
        private final long[] keys = new long[NUMBERS_MAX];
        private final long[] numbers = new long[NUMBERS_MAX];
        /** In which part of a node's name a number was; that part's hash is summed with the others. */
        private final int[] parts = new int[NUMBERS_MAX];

        private final List<Long> paths = new ArrayList<>(List.of(0L));
        private final List<Long> partHashes = new ArrayList<>(List.of(0L));
        private final List<Integer> open = new ArrayList<>(List.of(0));
        private int count;

        Node(NodeId id) {
            this.id = id;
        }

        @Override
        public void value(String name, long value) {
            if (count < NUMBERS_MAX) {
                keys[count] = AbstractState.fold(last(paths), name.hashCode());
                numbers[count] = value;
                parts[count++] = last(open);
            }
        }

        @Override
        public void value(String name, String value) {
            feature(AbstractState.fold(name.hashCode(), wordOf(value)));
        }

        private long wordOf(String value) {
            if (value == null || value.isEmpty()) {
                return NOBODY;
            }
            NodeId named = ids.get(value);
            if (named == null) {
                return isNamesList(value) ? value.length() : value.hashCode();
            }
            return named.equals(id) ? ITSELF : ANOTHER;
        }

        /** Several names of nodes: only how long the list is counts. */
        private boolean isNamesList(String value) {
            int comma = value.indexOf(',');
            return comma > 0 && ids.containsKey(value.substring(0, comma));
        }

        @Override
        public void begin(String part) {
            paths.add(AbstractState.fold(last(paths), part.hashCode()));
            NodeId named = ids.get(part);
            if (named == null) {
                open.add(last(open));
                feature(part.hashCode());
            } else {
                partHashes.add(named.equals(id) ? (long) ITSELF : ANOTHER);
                open.add(partHashes.size() - 1);
            }
        }

        @Override
        public void end() {
            paths.remove(paths.size() - 1);
            open.remove(open.size() - 1);
        }

        private void feature(long feature) {
            int part = last(open);
            partHashes.set(part, AbstractState.fold(partHashes.get(part), feature));
        }

        long hash(TreeMap<Long, Long> greatest) {
            for (int i = 0; i < count; i++) {
                int behind = AbstractState.bucket(greatest.get(keys[i]) - numbers[i]);
                partHashes.set(parts[i], AbstractState.fold(partHashes.get(parts[i]), behind));
            }
            long[] sorted = partHashes.subList(1, partHashes.size()).stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            return AbstractState.fold(partHashes.get(0), Arrays.hashCode(sorted));
        }

        private static <T> T last(List<T> list) {
            return list.get(list.size() - 1);
        }
    }
}
