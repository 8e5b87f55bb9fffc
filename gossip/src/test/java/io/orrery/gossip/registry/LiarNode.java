package io.orrery.gossip.registry;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Membership;
import io.orrery.gossip.registry.message.RegistryCodec;
import io.orrery.gossip.registry.message.RegistryMessage;
import io.orrery.gossip.registry.message.RegistryMessage.Digest;
import io.orrery.gossip.registry.message.RegistryMessage.Pull;
import io.orrery.gossip.registry.replica.Replica;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import java.util.List;
import java.util.function.Function;

/** A member that has no registry, and says to those of others whatever a test wants. */
final class LiarNode implements Protocol {
    final Membership membership;
    private final Port<RegistryMessage> port;
    private final List<NodeId> seeds;
    private NodeId victim;
    private Function<Pull, RegistryMessage> answer = pull -> null;

    LiarNode(Kernel kernel, GossipConfig gossip, int group, List<NodeId> seeds) {
        this.membership = new Membership(kernel.scope("swim"), gossip, "", AddressBook.BY_NAME);
        this.seeds = seeds;
        this.port = kernel.open(
                new Channel(Replica.PROTOCOL, group, Delivery.STREAM), RegistryCodec.INSTANCE, this::onMessage);
    }

    /** What pulls are answered with; null for nothing. */
    void answerWith(Function<Pull, RegistryMessage> slice) {
        answer = slice;
    }

    /** Others hear nothing. */
    void onlyTo(NodeId node) {
        victim = node;
    }

    @Override
    public void start() {
        membership.start();
        membership.join(seeds);
    }

    void send(NodeId to, RegistryMessage message) {
        port.send(to, message);
    }

    /** It never agrees, so that it is asked what it has. */
    private void onMessage(NodeId from, RegistryMessage message) {
        if (victim != null && !victim.equals(from)) {
            return;
        }
        if (message instanceof Digest digest) {
            send(from, new Digest(membership.cluster(), 1, 1, 1, true, true, true, false, ~digest.seenHash(), 0, 0, 0));
        } else if (message instanceof Pull pull && answer.apply(pull) != null) {
            send(from, answer.apply(pull));
        }
    }

    @Override
    public void checkInvariants() {
        membership.checkInvariants();
    }
}
