package io.orrery.sim.run;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.Simulation;
import io.orrery.sim.choice.ChoiceStream;
import io.orrery.sim.scenario.Fault;
import io.orrery.sim.scenario.Hunt;
import io.orrery.sim.scenario.NetworkFault;
import io.orrery.sim.scenario.NodeFault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Leads the hunts of a run: watches who leads, votes, stands for election or changes something, and strikes them at their
 * worst moments. What is struck comes back soon.
 *
 * <ul>
 *   <li>I1: each strike is a fault that a plan's line can name, and goes through {@link #strike}.
 *   <li>I2: draws come from streams of its own, one a game, so a hunt less changes no other.
 * </ul>
 */
final class Hunter {
    /** Strikes of a run; then the hunt is over. */
    static final int STRIKES_MAX = 2_000;

    private static final long VOTER_DOWN_NANOS = Time.millis(2);
    private static final int VOTER_PPM = 400_000;
    private static final int SPARE_PPM = 100_000;
    private static final int CRASH_PPM = 300_000;
    private static final int ELECTIONS_DOWN_MAX = 8;
    private static final int CANDIDATE_PPM = 250_000;
    private static final int CANDIDATE_ELECTIONS_DOWN_MAX = 3;
    private static final int CHANGE_PPM = 400_000;
    private static final int TRUNCATION_PPM = 300_000;

    /** What the reigning leader is to suffer. */
    private enum Mode {
        SPARE,
        AT_ELECTION,
        AT_COMMIT
    }

    private final Simulation sim;
    private final Prey prey;
    private final Consumer<Fault> executor;
    private final EnumSet<Hunt.Game> games = EnumSet.noneOf(Hunt.Game.class);
    private final ChoiceStream voterLuck;
    private final ChoiceStream leaderLuck;
    private final ReignHunt reigns;
    private final ChoiceStream candidateLuck;
    private final ChoiceStream changeLuck;
    private final ChoiceStream truncationLuck;
    private final TreeMap<NodeId, Long> truncations = new TreeMap<>();
    private Mode mode = Mode.SPARE;
    private long votedTerm;
    private long ledTerm;
    private long ledCommit;
    private long soughtTerm;
    private long changedTerm;
    private long changeIndex;
    private int strikes;
    private boolean isOver;

    /**
     * @param executor applies a strike's fault and notes it
     */
    Hunter(Simulation sim, Prey prey, Consumer<Fault> executor) {
        this.sim = sim;
        this.prey = prey;
        this.executor = executor;
        this.voterLuck = sim.choices("hunt voters");
        this.leaderLuck = sim.choices("hunt leaders");
        this.reigns = new ReignHunt(sim, prey, this);
        this.candidateLuck = sim.choices("hunt candidates");
        this.changeLuck = sim.choices("hunt changes");
        this.truncationLuck = sim.choices("hunt truncations");
    }

    /** Begins to hunt; whether it did not before. */
    boolean maybeBegin(Hunt.Game game) {
        if (games.isEmpty()) {
            sim.addChecker((world, node) -> look(node));
        }
        return games.add(game);
    }

    /** No strike from here on. */
    void end() {
        isOver = true;
    }

    boolean isOver() {
        return isOver;
    }

    private void look(NodeId node) {
        // The event may have been the node's last: its disk failed it.
        if (isOver || !sim.isUp(node)) {
            return;
        }
        if (games.contains(Hunt.Game.VOTERS)) {
            lookAtVote(node);
        }
        if (games.contains(Hunt.Game.LEADERS)) {
            lookAtLeader(node);
        }
        if (games.contains(Hunt.Game.REIGNS)) {
            reigns.look(node);
        }
        if (games.contains(Hunt.Game.CANDIDATES)) {
            lookAtCandidate(node);
        }
        if (games.contains(Hunt.Game.CHANGES)) {
            lookAtChange(node);
        }
        if (games.contains(Hunt.Game.TRUNCATIONS)) {
            lookAtTruncation(node);
        }
    }

    private void lookAtVote(NodeId node) {
        long term = prey.termVoted(node);
        if (term <= votedTerm) {
            return;
        }
        votedTerm = term;
        if (voterLuck.chance(VOTER_PPM)) {
            long downNanos = voterLuck.below(VOTER_DOWN_NANOS);
            sim.after(1 + voterLuck.below(Time.millis(1)), () -> crash(node, downNanos));
        }
    }

    private void lookAtLeader(NodeId node) {
        long term = prey.termLed(node);
        if (term == 0 || term < ledTerm) {
            return;
        }
        if (term > ledTerm) {
            ledTerm = term;
            ledCommit = prey.committed(node);
            mode = drawMode();
        }
        boolean isTime = mode == Mode.AT_ELECTION || mode == Mode.AT_COMMIT && prey.committed(node) > ledCommit;
        if (isTime) {
            mode = Mode.SPARE;
            boolean crashes = leaderLuck.chance(CRASH_PPM);
            long downNanos = 1 + leaderLuck.below(ELECTIONS_DOWN_MAX * prey.electionNanos());
            long delayNanos = 1 + leaderLuck.below(leaderLuck.chance(600_000) ? Time.micros(100) : Time.millis(3));
            sim.after(delayNanos, () -> {
                if (crashes) {
                    crash(node, downNanos);
                } else {
                    isolate(node, downNanos);
                }
            });
        }
    }

    /** Its term is entered, and perhaps nobody ever hears of it. */
    private void lookAtCandidate(NodeId node) {
        long term = prey.termSought(node);
        if (term <= soughtTerm) {
            return;
        }
        soughtTerm = term;
        if (candidateLuck.chance(CANDIDATE_PPM)) {
            boolean crashes = candidateLuck.chance(CRASH_PPM);
            long downNanos = 1 + candidateLuck.below(CANDIDATE_ELECTIONS_DOWN_MAX * prey.electionNanos());
            strikeSoon(candidateLuck, () -> {
                if (crashes) {
                    crash(node, downNanos);
                } else {
                    isolate(node, downNanos);
                }
            });
        }
    }

    private void lookAtChange(NodeId node) {
        long index = prey.changeUnderWay(node);
        long term = index == 0 ? 0 : prey.termLed(node);
        if (term < changedTerm || term == changedTerm && index <= changeIndex) {
            return;
        }
        changedTerm = term;
        changeIndex = index;
        if (changeLuck.chance(CHANGE_PPM)) {
            boolean crashes = changeLuck.chance(CRASH_PPM);
            long downNanos = 1 + changeLuck.below(ELECTIONS_DOWN_MAX * prey.electionNanos());
            List<NodeId> order = new ArrayList<>(sim.nodes());
            order.remove(node);
            changeLuck.shuffle(order);
            int friends = changeLuck.below(order.size());
            strikeSoon(changeLuck, () -> {
                if (crashes) {
                    crash(node, downNanos);
                } else {
                    split(node, order, friends, downNanos);
                }
            });
        }
    }

    private void lookAtTruncation(NodeId node) {
        long count = prey.truncations(node);
        Long before = truncations.get(node);
        if (before != null && before == count) {
            return;
        }
        truncations.put(node, count);
        if (before != null && before < count && truncationLuck.chance(TRUNCATION_PPM)) {
            long downNanos = truncationLuck.below(prey.electionNanos());
            strikeSoon(truncationLuck, () -> crash(node, downNanos));
        }
    }

    /** Mostly before anything else can happen, else while a message or a sync is under way. */
    private void strikeSoon(ChoiceStream luck, Runnable strike) {
        long delayNanos = 1 + luck.below(luck.chance(600_000) ? Time.micros(100) : Time.millis(3));
        sim.after(delayNanos, strike);
    }

    private void split(NodeId node, List<NodeId> others, int friends, long nanos) {
        TreeSet<NodeId> here = new TreeSet<>(others.subList(0, friends));
        here.add(node);
        TreeSet<NodeId> there = new TreeSet<>(others.subList(friends, others.size()));
        List<List<NodeId>> groups = List.of(new ArrayList<>(here), new ArrayList<>(there));
        if (maybeStrike(new NetworkFault.Partition(groups))) {
            sim.after(nanos, () -> maybeMakeGood(new NetworkFault.Healing()));
        }
    }

    private Mode drawMode() {
        if (leaderLuck.chance(SPARE_PPM)) {
            return Mode.SPARE;
        }
        return leaderLuck.chance(500_000) ? Mode.AT_ELECTION : Mode.AT_COMMIT;
    }

    private void isolate(NodeId node, long nanos) {
        if (maybeStrike(new NetworkFault.Isolation(node))) {
            sim.after(nanos, () -> maybeMakeGood(new NetworkFault.Rejoining(node)));
        }
    }

    private void crash(NodeId node, long downNanos) {
        if (sim.isUp(node) && maybeStrike(new NodeFault.Crash(node))) {
            sim.after(1 + downNanos, () -> {
                if (!sim.isUp(node)) {
                    maybeMakeGood(new NodeFault.Restart(node));
                }
            });
        }
    }

    /** Whether the strike was made: the hunt is not over. */
    boolean maybeStrike(Fault fault) {
        if (isOver || strikes >= STRIKES_MAX) {
            return false;
        }
        strike(fault);
        return true;
    }

    void maybeMakeGood(Fault end) {
        if (!isOver) {
            strike(end);
        }
    }

    /** I1. */
    private void strike(Fault fault) {
        strikes++;
        Check.that(strikes <= 2 * STRIKES_MAX, "strikes and what makes them good are bounded", strikes);
        executor.accept(fault);
    }
}
