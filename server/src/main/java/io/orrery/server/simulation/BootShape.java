package io.orrery.server.simulation;

import io.orrery.broker.boot.BootConfig;
import io.orrery.broker.boot.Electorate;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How the nodes of a run find together; its seed draws one. Who knows whom is random, but nobody is unknown to all others.
 *
 * @param kind who forms the cluster
 * @param electorate of those that do
 * @param formers the nodes that are told to form one; the others only join
 * @param seeds of each node
 * @param late nodes that start after the others
 * @param disksMax disks that may be lost without a second cluster
 * @param helloMillis between two greetings
 * @param patienceMillis of a majority of those that are named
 * @param ballotMillis a ballot's time; short ones meet others and are given up
 */
record BootShape(
        Kind kind,
        Electorate electorate,
        List<NodeId> formers,
        TreeMap<NodeId, List<NodeId>> seeds,
        List<NodeId> late,
        int disksMax,
        int helloMillis,
        int patienceMillis,
        int ballotMillis) {
    private static final int COUNTED_PPM = 550_000;
    private static final int NAMED_PPM = 350_000;
    private static final int KNOWN_PPM = 300_000;
    private static final int LATE_PPM = 250_000;
    private static final int[] BALLOT_MILLIS = {5, 50, 400};

    /** The three ways. */
    enum Kind {
        COUNTED,
        NAMED,
        /** Nobody does by itself: an operator says so on one node. */
        INIT
    }

    static BootShape draw(ChoiceStream luck, List<NodeId> nodes) {
        Kind kind = luck.chance(COUNTED_PPM) ? Kind.COUNTED : luck.chance(NAMED_PPM * 2) ? Kind.NAMED : Kind.INIT;
        List<NodeId> order = new ArrayList<>(nodes);
        luck.shuffle(order);
        List<NodeId> formers = switch (kind) {
            case COUNTED -> nodes;
            case NAMED -> order.subList(0, 1 + luck.below(nodes.size()));
            case INIT -> List.of();
        };
        Electorate electorate = switch (kind) {
            case COUNTED -> Electorate.counted(drawExpected(luck, nodes.size()));
            case NAMED -> Electorate.named(formers);
            case INIT -> Electorate.NOBODY;
        };
        int starters = kind == Kind.COUNTED ? nodes.size() : formers.size();
        int disks = kind == Kind.INIT ? 0 : 2 * electorate.quorum() - starters - 1;
        return new BootShape(
                kind,
                electorate,
                new ArrayList<>(formers),
                seeds(luck, order),
                late(luck, order),
                disks,
                20 + luck.below(60),
                luck.below(600),
                BALLOT_MILLIS[luck.below(BALLOT_MILLIS.length)]);
    }

    /** More than half of those that start, so that two quorums share a node. */
    private static int drawExpected(ChoiceStream luck, int nodes) {
        int least = nodes / 2 + 1;
        return least + luck.below(nodes - least + 1);
    }

    private static TreeMap<NodeId, List<NodeId>> seeds(ChoiceStream luck, List<NodeId> order) {
        TreeMap<NodeId, List<NodeId>> seeds = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            List<NodeId> known = new ArrayList<>();
            for (int j = 0; j < order.size(); j++) {
                if (j != i && (j == i - 1 || luck.chance(KNOWN_PPM))) {
                    known.add(order.get(j));
                }
            }
            seeds.put(order.get(i), known);
        }
        return seeds;
    }

    private static List<NodeId> late(ChoiceStream luck, List<NodeId> order) {
        List<NodeId> late = new ArrayList<>();
        for (NodeId node : order) {
            if (luck.chance(LATE_PPM)) {
                late.add(node);
            }
        }
        return late;
    }

    /** What a node is told. */
    BootConfig config(NodeId node) {
        Electorate own = formers.contains(node) ? electorate : Electorate.NOBODY;
        return new BootConfig(
                own,
                seeds.get(node),
                Time.millis(helloMillis),
                Time.millis(patienceMillis),
                Time.millis(ballotMillis),
                false);
    }
}
