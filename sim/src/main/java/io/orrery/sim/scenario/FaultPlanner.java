package io.orrery.sim.scenario;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import java.util.List;

/**
 * Makes one concrete plan of a profile. Each kind of trouble draws from a stream of its own, so that turning one off leaves
 * the others as they were.
 */
final class FaultPlanner {
    /** Of one kind in one plan. */
    private static final int EPISODES_MAX = 200;

    private static final long NANOS_MAX = Time.seconds(60);

    private final FaultProfile profile;
    private final Prng prng;
    private final PlanDraft draft;
    private final NetworkPlanner network;
    private final SplitPlanner split;
    private final NodePlanner node;
    private final ClockPlanner clock;
    private final DiskPlanner disk;

    FaultPlanner(FaultProfile profile, Prng prng, List<NodeId> nodes, long horizonNanos) {
        this.profile = profile;
        this.prng = prng;
        this.draft = new PlanDraft(nodes, horizonNanos);
        this.network = new NetworkPlanner(draft, profile);
        this.split = new SplitPlanner(draft);
        this.node = new NodePlanner(draft);
        this.clock = new ClockPlanner(draft);
        this.disk = new DiskPlanner(draft, profile);
    }

    FaultPlan plan() {
        for (FamilyPlanner family : List.of(network, node, clock, disk)) {
            family.addStart();
        }
        for (Trouble trouble : Trouble.values()) {
            boolean needsPeers = trouble.family == Trouble.Family.NETWORK
                    || trouble.family == Trouble.Family.SPLIT
                    || trouble.family == Trouble.Family.HUNT;
            if (profile.intervalNanos(trouble) == 0
                    || needsPeers && draft.nodes().size() == 1) {
                continue;
            }
            if (trouble.family == Trouble.Family.RELEASE) {
                new ReleasePlanner(draft).add(prng.fork("plan " + trouble));
            } else if (trouble.family == Trouble.Family.SEALING) {
                new SealingPlanner(draft).add(prng.fork("plan " + trouble));
            } else if (trouble.family == Trouble.Family.HUNT) {
                draft.add(0, new Hunt(game(trouble)));
            } else {
                addEpisodes(trouble, prng.fork("plan " + trouble));
            }
        }
        return draft.plan();
    }

    private static Hunt.Game game(Trouble trouble) {
        return switch (trouble) {
            case HUNT_VOTERS -> Hunt.Game.VOTERS;
            case HUNT_LEADERS -> Hunt.Game.LEADERS;
            case HUNT_REIGNS -> Hunt.Game.REIGNS;
            case HUNT_CANDIDATES -> Hunt.Game.CANDIDATES;
            case HUNT_CHANGES -> Hunt.Game.CHANGES;
            case HUNT_TRUNCATIONS -> Hunt.Game.TRUNCATIONS;
            default -> throw new IllegalArgumentException("not a hunt: " + trouble);
        };
    }

    private void addEpisodes(Trouble trouble, Prng own) {
        long at = draft.startNanos();
        for (int episode = 0; episode < EPISODES_MAX; episode++) {
            at += 1 + own.exponential(profile.intervalNanos(trouble));
            if (at >= draft.endNanos()) {
                return;
            }
            long from = at / 1_000 * 1_000;
            long drawn = 1_000 + own.exponential(profile.durationNanos(trouble)) / 1_000 * 1_000;
            long to = Math.min(from + Math.min(drawn, NANOS_MAX), draft.endNanos());
            planner(trouble.family).add(trouble, own, from, to);
            at = trouble.family == Trouble.Family.SPLIT ? to : at;
        }
    }

    private FamilyPlanner planner(Trouble.Family family) {
        return switch (family) {
            case NETWORK -> network;
            case SPLIT -> split;
            case NODE -> node;
            case CLOCK -> clock;
            case DISK -> disk;
            case HUNT, RELEASE, SEALING -> throw new IllegalArgumentException("it has no episodes: " + family);
        };
    }
}
