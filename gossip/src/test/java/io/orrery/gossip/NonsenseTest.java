package io.orrery.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.message.Aged;
import io.orrery.gossip.message.Claim;
import io.orrery.gossip.message.GossipMessage;
import io.orrery.gossip.message.GossipMessage.Ack;
import io.orrery.gossip.message.GossipMessage.IndirectAck;
import io.orrery.gossip.message.GossipMessage.Ping;
import io.orrery.gossip.message.GossipMessage.PingReq;
import io.orrery.gossip.message.GossipMessage.Refusal;
import io.orrery.gossip.message.GossipMessage.Rumours;
import io.orrery.gossip.message.GossipMessage.Sync;
import io.orrery.gossip.message.Header;
import io.orrery.gossip.message.Held;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.gossip.owner.message.OwnerMessage.Digests;
import io.orrery.gossip.owner.message.OwnerMessage.Fetch;
import io.orrery.gossip.owner.message.OwnerMessage.Purpose;
import io.orrery.gossip.owner.message.OwnerMessage.Summary;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A peer that talks well-formed nonsense: nobody halts, and when it falls silent the others find back to the truth. */
class NonsenseTest {
    private static final int NODES = 3;
    private static final int MESSAGES = 1500;
    private static final NodeId LIAR = NodeId.of("p");

    private final Prng prng = new Prng(77);
    private Cluster cluster;

    @Test
    void nobodyHaltsAndTheTruthReturns() {
        for (long seed = 1; seed <= 5; seed++) {
            cluster = new Cluster(seed, GossipConfig.fast("test")).unchecked().add(NODES);
            assertThat(cluster.within(5, cluster::membersConverged)).isTrue();
            cluster.sim.addNode("p", Puppet::new);
            for (int i = 0; i < MESSAGES; i++) {
                Puppet liar = cluster.sim.protocol(LIAR, Puppet.class);
                cluster.sim.onNode(LIAR, () -> lie(liar));
                cluster.sim.runFor(Time.millis(prng.below(20)));
            }
            cluster.sim.crash(LIAR);
            assertThat(cluster.within(60, cluster::converged))
                    .as(() -> cluster.divergence())
                    .isTrue();
        }
    }

    private void lie(Puppet liar) {
        NodeId victim = cluster.nodes.get(prng.below(NODES));
        if (prng.chance(500_000)) {
            liar.say(victim, gossip());
        } else {
            liar.say(victim, rows());
        }
    }

    private GossipMessage gossip() {
        Header header = new Header(prng.below(20) == 0 ? "other" : "test", incarnation(node()));
        return switch (prng.below(7)) {
            case 0 -> new Ping(header, prng.below(100), held(), claims());
            case 1 -> new Ack(header, prng.below(100), held(), claims());
            case 2 -> new PingReq(header, prng.below(100), node(), claims());
            case 3 -> new IndirectAck(header, prng.below(100), node(), claims());
            case 4 -> new Rumours(header, claims());
            case 5 -> new Sync(header, prng.chance(500_000), prng.chance(800_000), aged());
            default -> new Refusal(header, "because");
        };
    }

    private OwnerMessage rows() {
        NodeId owner = prng.chance(500_000) ? LIAR : node();
        long generation = Math.max(1, incarnation(owner).generation());
        long sequence = prng.below(30);
        return switch (prng.below(5)) {
            case 4 -> new Summary("test", prng.nextLong());
            case 0 -> new Digests("test", Purpose.values()[prng.below(3)], digests());
            case 1 -> new Fetch("test", owner, generation, sequence, prng.chance(500_000) ? null : row(5));
            case 2 -> {
                List<Operation> operations = List.of(
                        new Operation(prng.chance(500_000), row(prng.below(9))),
                        new Operation(true, row(prng.below(9))));
                yield new Batch("test", owner, generation, sequence + 1, sequence + 2 + prng.below(5), operations);
            }
            default ->
                new Chunk(
                        "test",
                        new OwnerDigest(owner, generation, sequence, prng.below(3), prng.nextLong()),
                        prng.chance(500_000) ? null : row(1),
                        prng.chance(500_000) ? null : row(7),
                        List.of(row(3), row(4)));
        };
    }

    private static Bytes row(int i) {
        return Bytes.ofUtf8("row/" + i);
    }

    private List<OwnerDigest> digests() {
        List<OwnerDigest> digests = new ArrayList<>();
        for (NodeId owner : List.of(NodeId.of("n0"), NodeId.of("n1"), NodeId.of("n2"), LIAR)) {
            if (prng.chance(500_000)) {
                long generation = Math.max(1, incarnation(owner).generation());
                digests.add(new OwnerDigest(owner, generation, prng.below(30), prng.below(5), prng.nextLong()));
            }
        }
        return digests;
    }

    private NodeId node() {
        int i = prng.below(NODES + 3);
        return i < NODES ? cluster.nodes.get(i) : i == NODES ? LIAR : NodeId.of("ghost" + i);
    }

    /** Around what the node presents. */
    private Incarnation incarnation(NodeId node) {
        int index = cluster.nodes.indexOf(node);
        Incarnation base = index < 0
                ? new Incarnation(1000, 5)
                : cluster.membership(index).self().incarnation();
        long generation = Math.max(0, base.generation() + prng.between(-1, 1) * prng.below(2));
        return new Incarnation(generation, Math.max(0, base.refutations() + (int) prng.between(-1, 1)));
    }

    private Held held() {
        return prng.chance(200_000) ? null : new Held(state(), incarnation(node()));
    }

    private MemberState state() {
        return MemberState.values()[prng.below(4)];
    }

    private List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        for (int i = prng.below(5); i > 0; i--) {
            NodeId node = node();
            Member member = new Member(node, state(), incarnation(node), "", Collections.emptySortedMap());
            claims.add(new Claim(member, node()));
        }
        return claims;
    }

    private List<Aged> aged() {
        return claims().stream()
                .map(claim -> new Aged(claim, prng.below(100_000)))
                .toList();
    }
}
