package io.orrery.server.node;

import io.orrery.broker.input.Inputs;
import io.orrery.raft.RaftGroup;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that stops, or leaves its cluster, hands over what it leads first, so that nobody waits for an election: requests
 * that come meanwhile are held, and go to the successor.
 */
final class HandOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    /** Two election timeouts: a second successor is asked when the first did not answer. */
    private static final long NANOS_MAX = TimeUnit.SECONDS.toNanos(2);

    private HandOver() {}

    /** Waits until another leads, nobody else can, or the time is up. */
    static void await(ServerNode node) {
        boolean[] led = {false};
        long began = System.nanoTime();
        boolean isOver = Waiting.maybe(() -> isOver(node, led), NANOS_MAX);
        if (led[0]) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            String how = isOver ? "is handed over" : "could not be handed over";
            LOG.info("the leadership of {} {}, after {} ms", node.self(), how, millis);
        }
    }

    /** Asks again, and looks whether it is done. */
    private static boolean isOver(ServerNode node, boolean[] led) {
        Inputs inputs = node.running().inputs();
        return node.ask(broker -> {
            RaftGroup group = broker.group();
            if (group.isLeader()) {
                boolean isAlone = broker.membership().livePeers().isEmpty();
                led[0] |= !isAlone;
                return isAlone || !inputs.maybeHandOver();
            }
            return !led[0] || group.leader() != null;
        });
    }
}
