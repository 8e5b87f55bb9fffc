package io.orrery.sim.exhaust;

import io.orrery.kernel.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Goes through all states of a small cluster, those of fewer moves first: the first failure is one of the shortest.
 *
 * <ul>
 *   <li>I1: each state is looked at once; of states that are told apart by nothing the first counts.
 *   <li>I2: if it says that it is complete, every run within the bounds leads to states that were looked at.
 * </ul>
 */
public final class Enumeration {
    private final Supplier<Model> models;
    private final List<NodeId> nodes;
    private final Bounds bounds;
    private final boolean isExact;

    /** A state by how it was reached. */
    private record Reached(Reached before, Move move, int depth) {}

    /**
     * @param models make one for each run
     * @param isExact whether states are told apart by all that happened to each node, and not by what they describe
     */
    public Enumeration(Supplier<Model> models, List<NodeId> nodes, Bounds bounds, boolean isExact) {
        this.models = models;
        this.nodes = nodes;
        this.bounds = bounds;
        this.isExact = isExact;
    }

    /**
     * What an enumeration came to.
     *
     * @param states different ones that were looked at
     * @param transitions moves that were made from them
     * @param depth moves of the longest run
     * @param isComplete whether nothing within the bounds is left; never with a failure
     * @param failure what went wrong first; null if nothing did
     * @param moves that lead there
     */
    public record Outcome(
            long states, long transitions, int depth, boolean isComplete, String failure, List<Move> moves) {}

    /**
     * Enumerates until all is done, the bounds are reached, or something fails.
     *
     * @param wantsMore asked now and then with the number of states so far
     */
    public Outcome run(LongPredicate wantsMore) {
        TreeSet<Long> seen = new TreeSet<>();
        ArrayDeque<Reached> next = new ArrayDeque<>();
        long transitions = 0;
        int depth = 0;
        SmallWorld initial = new SmallWorld(models.get(), nodes);
        if (initial.failure() != null) {
            return new Outcome(1, 0, 0, false, initial.failure(), List.of());
        }
        seen.add(initial.hash(isExact));
        next.add(new Reached(null, null, 0));
        while (!next.isEmpty()) {
            Reached state = next.poll();
            if (!wantsMore.test(seen.size())) {
                return new Outcome(seen.size(), transitions, depth, false, null, List.of());
            }
            List<Move> moves =
                    state.depth == bounds.depth() ? List.of() : worldAt(state).moves(bounds);
            for (Move move : moves) {
                SmallWorld world = worldAt(state);
                boolean did = world.make(move);
                transitions++;
                Reached reached = new Reached(state, move, state.depth + 1);
                if (world.failure() != null) {
                    return new Outcome(seen.size(), transitions, reached.depth, false, world.failure(), path(reached));
                }
                if (did && seen.add(world.hash(isExact))) {
                    depth = Math.max(depth, reached.depth);
                    next.add(reached);
                    if (seen.size() >= bounds.states()) {
                        return new Outcome(seen.size(), transitions, depth, false, null, List.of());
                    }
                }
            }
        }
        return new Outcome(seen.size(), transitions, depth, true, null, List.of());
    }

    private SmallWorld worldAt(Reached state) {
        SmallWorld world = new SmallWorld(models.get(), nodes);
        path(state).forEach(world::make);
        return world;
    }

    private static List<Move> path(Reached state) {
        List<Move> moves = new ArrayList<>();
        for (Reached at = state; at.before != null; at = at.before) {
            moves.add(at.move);
        }
        Collections.reverse(moves);
        return moves;
    }
}
