package io.orrery.server.node;

import io.orrery.gossip.ClusterId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log, when it changes, how far a node's first boot is, which cluster it is of, and whom it
 * forgot as its leader. For one thread at a time.
 */
final class BootLog {
    private static final Logger LOG = LoggerFactory.getLogger(BootLog.class);

    private final ServerNode node;
    private Seen last = new Seen("", ClusterId.NONE, "");

    /** What was seen at one time. */
    private record Seen(String progress, ClusterId id, String cleaned) {}

    BootLog(ServerNode node) {
        this.node = node;
    }

    /** Says what is new. */
    void look() {
        Seen now = node.ask(broker -> new Seen(
                broker.boot().isWaiting() ? broker.boot().progress().text() : "",
                broker.boot().id(),
                broker.keeper().cleaned()));
        if (!now.progress.equals(last.progress) && !now.progress.isEmpty()) {
            LOG.info("{}: {}", node.self(), now.progress);
        }
        if (!now.id.equals(last.id) && !now.id.isNone()) {
            LOG.info("{} is of cluster {} (id {})", node.self(), node.clusterName(), now.id);
        }
        if (!now.cleaned.equals(last.cleaned) && !now.cleaned.isEmpty()) {
            LOG.warn("{}", now.cleaned);
        }
        last = now;
    }
}
