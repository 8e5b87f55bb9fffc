package io.orrery.sim;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.sim.network.LinkPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the simulator knows and no node does: since when each node and each link has been well. For checkers that may demand
 * something only of those who had no reason to fail, such as that a failure detector accuses none of them.
 *
 * <ul>
 *   <li>I1: in doubt, unwell. A fault whose bounds are not known here makes everything unwell until the calm.
 *   <li>I2: watching changes nothing.
 * </ul>
 *
 * <p>A node is well while it is up, not paused, and its clocks keep pace within 2 %. A link is well while it is neither cut nor clogged,
 * loses at most 2 % and takes at most 5 ms, but for one frame in twenty perhaps. A node whose events are charged with time counts as
 * unwell until the calm. Links are looked at every {@value #LOOK_MILLIS} ms: what is shorter than that is no more
 * than a lost packet.
 */
public final class Health implements Observer {
    private static final long LOOK_MILLIS = 25;
    private static final long NEVER = Long.MAX_VALUE;
    private static final int PACE_PPM_MAX = 20_000;
    private static final int LOSS_PPM_MAX = 20_000;
    private static final long DELAY_NANOS_MAX = Time.millis(5);

    private final Simulation sim;
    private final List<NodeId> nodes = new ArrayList<>();
    private long[] aliveSince = new long[0];
    private long[] paceSince = new long[0];
    private long[][] linkSince = new long[0][0];
    private long knownSince;
    private long lastLook = -1;

    /** Observes a simulation from its beginning, before its nodes are added. */
    public Health(Simulation sim) {
        this.sim = sim;
        sim.observe(this);
    }

    @Override
    public boolean isForWorldOnly() {
        return true;
    }

    @Override
    public void onLife(NodeId node, Life change) {
        int index = indexOrAdd(node);
        aliveSince[index] = change == Life.BOOT || change == Life.RESUME ? sim.nowNanos() : NEVER;
    }

    @Override
    public void onWorld(String what, String why) {
        if (what.equals("calm")) {
            knownSince = sim.nowNanos();
            Arrays.fill(paceSince, sim.nowNanos());
        } else if (what.equals("fault")) {
            onFault(why.split("\\s+"));
        }
    }

    /** What is wrong with links is seen by looking at them, and who is up is told. */
    private void onFault(String[] words) {
        switch (words[0]) {
            case "bridge", "crash", "heal", "isolate", "partition", "pause", "power-loss", "rejoin", "restart" -> {}
            case "disk", "flap", "hunt", "link", "ring", "swizzle", "version", "wipe" -> {}
            case "busy" -> paceSince[indexOrAdd(NodeId.of(words[1]))] = NEVER;
            case "stream" -> resetLinks();
            case "clock" -> onClockFault(words);
            default -> knownSince = NEVER;
        }
    }

    private void onClockFault(String[] words) {
        int index = indexOrAdd(NodeId.of(words[1]));
        if (words[2].equals("drift")) {
            int ppm = Integer.parseInt(words[3].replace("ppm", "").replace("+", ""));
            paceSince[index] = Math.abs(ppm) > PACE_PPM_MAX ? NEVER : sim.nowNanos();
        } else if (!words[2].equals("step")) {
            paceSince[index] = NEVER;
        }
    }

    private void resetLinks() {
        for (long[] row : linkSince) {
            for (int i = 0; i < row.length; i++) {
                row[i] = row[i] == NEVER ? NEVER : sim.nowNanos();
            }
        }
    }

    private int indexOrAdd(NodeId node) {
        int index = nodes.indexOf(node);
        if (index >= 0) {
            return index;
        }
        int size = nodes.size() + 1;
        nodes.add(node);
        aliveSince = Arrays.copyOf(aliveSince, size);
        paceSince = Arrays.copyOf(paceSince, size);
        linkSince = Arrays.copyOf(linkSince, size);
        for (int i = 0; i < size; i++) {
            linkSince[i] = linkSince[i] == null ? new long[size] : Arrays.copyOf(linkSince[i], size);
        }
        lastLook = -1;
        return size - 1;
    }

    /** Looks at the links, if it is time; to be called after events. */
    public void look() {
        long now = sim.nowNanos();
        if (lastLook >= 0 && now - lastLook < Time.millis(LOOK_MILLIS)) {
            return;
        }
        lastLook = now;
        for (int from = 0; from < nodes.size(); from++) {
            int sender = sim.network().indexOf(nodes.get(from));
            for (int to = 0; to < nodes.size(); to++) {
                if (from != to) {
                    boolean isWell = isWell(sender, sim.network().indexOf(nodes.get(to)));
                    linkSince[from][to] = !isWell ? NEVER : linkSince[from][to] == NEVER ? now : linkSince[from][to];
                }
            }
        }
    }

    private boolean isWell(int from, int to) {
        LinkPolicy policy = sim.network().policy(from, to);
        boolean isMild = policy.lossPpm() + policy.delay().tailPpm() <= LOSS_PPM_MAX
                && policy.reorderPpm() <= LOSS_PPM_MAX
                && sim.network().longDelayNanos(from, to) <= DELAY_NANOS_MAX
                && policy.corruptPpm() <= LOSS_PPM_MAX
                && policy.forgePpm() == 0;
        return isMild && !sim.network().isCut(from, to) && !sim.network().isClogged(from, to);
    }

    /** Whether both nodes, and the links between them both ways, have been well for this long. */
    public boolean areWell(NodeId one, NodeId other, long nanos) {
        return isWell(one, nanos) && isWell(other, nanos) && areJoined(one, other, nanos);
    }

    /** Whether the node has been well for this long, and joined both ways to a majority that has been, itself included. */
    public boolean isInCore(NodeId node, long nanos) {
        int joined = 0;
        for (NodeId other : nodes) {
            joined += other.equals(node) ? isWell(node, nanos) ? 1 : 0 : areWell(node, other, nanos) ? 1 : 0;
        }
        return joined * 2 > nodes.size();
    }

    /** Whether the node alone has been well for this long. */
    public boolean isWell(NodeId node, long nanos) {
        int index = nodes.indexOf(node);
        Check.argument(index >= 0, "there is no such node", node);
        return isOlder(knownSince, nanos) && isOlder(aliveSince[index], nanos) && isOlder(paceSince[index], nanos);
    }

    private boolean areJoined(NodeId one, NodeId other, long nanos) {
        int a = nodes.indexOf(one);
        int b = nodes.indexOf(other);
        return isOlder(linkSince[a][b], nanos) && isOlder(linkSince[b][a], nanos);
    }

    private boolean isOlder(long sinceNanos, long nanos) {
        return sinceNanos != NEVER && sim.nowNanos() - sinceNanos >= nanos;
    }
}
