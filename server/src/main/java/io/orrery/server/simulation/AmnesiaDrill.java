package io.orrery.server.simulation;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.Role;
import io.orrery.raft.log.WalCounters;
import io.orrery.sim.Simulation;
import io.orrery.sim.Stall;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A voter forgets a vote of which only its candidate knows: a majority without the leader loses sight of it for a moment, one of them
 * stands for election, and when another has told it its vote, the candidate is cut off and the voter's disk is replaced, or
 * loses power and the end of its log, from before its watermark on. The leader, in the term before, goes on with all the others. Whoever forgot must not vote again before the candidate was heard:
 * P13 of {@link io.orrery.raft.check.RaftInvariants}. Then the candidate is back.
 */
final class AmnesiaDrill implements Drill {
    private static final int WAITS = 3;
    private static final int ELECTIONS = 6;
    private static final int MOMENTS = 20;

    private final Simulation sim;
    private final Function<NodeId, RaftGroup> groups;
    private final Function<NodeId, WalCounters> logs;
    private final ChoiceStream luck;
    private final long electionNanos;
    private final BooleanSupplier isWanted;
    private final List<NodeId> away = new ArrayList<>();
    private NodeId leader;
    private long term;
    private NodeId candidate;
    private NodeId voter;
    private NodeId struck;
    private boolean isUnderWay;
    private boolean isOver;

    /**
     * @param isWanted asked when it would begin; not where some node could not tell what it remembers
     */
    AmnesiaDrill(
            Simulation sim,
            Function<NodeId, RaftGroup> groups,
            Function<NodeId, WalCounters> logs,
            long electionNanos,
            BooleanSupplier isWanted) {
        this.sim = sim;
        this.groups = groups;
        this.logs = logs;
        this.luck = sim.choices("amnesia drill");
        this.electionNanos = electionNanos;
        this.isWanted = isWanted;
        sim.addChecker((world, node) -> {
            if (isUnderWay && struck == null && world.isUp(node)) {
                look(node);
            }
        });
    }

    @Override
    public void begin(NodeId leads) {
        List<NodeId> nodes = sim.nodes();
        boolean allRemember = sim.survivors().size() == nodes.size()
                && nodes.stream().noneMatch(node -> groups.apply(node).view().hasForgotten());
        if (nodes.size() < 3 || !allRemember || !isWanted.getAsBoolean()) {
            isOver = true;
            return;
        }
        isUnderWay = true;
        leader = leads;
        term = groups.apply(leads).term();
        away.addAll(nodes);
        away.remove(leads);
        luck.shuffle(away);
        away.subList(nodes.size() / 2 + 1, away.size()).clear();
        sim.note("drill", "estrange " + away + " from " + leader);
        away.forEach(node -> both(leader, node, true));
        sim.after(WAITS * electionNanos, () -> {
            if (struck == null) {
                end();
            }
        });
    }

    private void look(NodeId node) {
        RaftGroup group = groups.apply(node);
        if (candidate == null && away.contains(node) && group.role() == Role.CANDIDATE && group.term() > term) {
            candidate = node;
            List<NodeId> others = new ArrayList<>(away);
            others.remove(node);
            voter = others.get(luck.below(others.size()));
            sim.after(0, this::leaveOneVoter);
        } else if (node.equals(voter)
                && candidate.equals(group.view().toldVote())
                && group.view().toldVoteTerm() > term) {
            struck = node;
            sim.after(0, this::strike);
        }
    }

    /** It has not asked anybody yet: its own vote must be on its disk first. */
    private void leaveOneVoter() {
        for (NodeId node : sim.nodes()) {
            if (!node.equals(voter) && !node.equals(candidate)) {
                both(candidate, node, true);
            }
        }
    }

    private void strike() {
        sim.note("drill", "isolate " + candidate + ", strike " + struck);
        sim.network().isolate(candidate);
        harm();
        away.stream().filter(node -> !node.equals(candidate)).forEach(node -> both(leader, node, false));
        sim.after(1 + luck.below(electionNanos / MOMENTS), this::restart);
        sim.after(ELECTIONS * electionNanos, this::end);
    }

    private void harm() {
        WalCounters log = logs.apply(struck);
        String file = log.markedFile();
        long from = file.isEmpty() ? 0 : luck.below(log.markedOffset());
        int way = luck.below(3);
        if (way == 0 || file.isEmpty()) {
            sim.wipe(struck);
            return;
        }
        sim.crash(struck);
        String where = sim.disk(struck).overwrite(file, from, way == 1);
        if (where == null) {
            sim.wipe(struck);
        } else {
            sim.note("overwritten", struck + " " + where);
        }
    }

    private void restart() {
        if (!sim.isUp(struck)) {
            sim.restart(struck);
        }
    }

    private void both(NodeId one, NodeId other, boolean cut) {
        if (cut) {
            sim.network().cut(one, other);
            sim.network().cut(other, one);
        } else {
            sim.network().mend(one, other);
            sim.network().mend(other, one);
        }
    }

    private void end() {
        sim.note("drill", "heal");
        sim.network().healAll();
        isUnderWay = false;
        isOver = true;
    }

    @Override
    public boolean isUnderWay() {
        return isUnderWay;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public Stall stall() {
        return isOver ? null : Stall.of("raft", "is in a drill of what a voter forgets");
    }
}
