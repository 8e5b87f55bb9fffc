package io.orrery.gossip.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.check.RegistryInvariants;
import io.orrery.gossip.registry.RegistryCounters.Counter;
import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.CellTable;
import io.orrery.gossip.registry.cell.HybridClock;
import io.orrery.gossip.registry.cell.Keys;
import io.orrery.gossip.registry.cell.Kind;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.Mode;
import io.orrery.gossip.registry.message.RegistryMessage;
import io.orrery.gossip.registry.message.RegistryMessage.Fresh;
import io.orrery.gossip.registry.message.RegistryMessage.Pull;
import io.orrery.gossip.registry.message.RegistryMessage.Slice;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two nodes with registries, and one member that says what is not so. */
class RegistryLiesTest {
    private static final GossipConfig GOSSIP = GossipConfig.fast("test");
    private static final String[] NAMES = {"vpn0", "vpn1", "c0", "honest0", "honest1", "liar"};

    private Simulation sim;
    private NodeId first;
    private NodeId second;
    private NodeId liar;

    private void start(long seed, int group) {
        sim = new Simulation(seed);
        List<NodeId> seeds = List.of(NodeId.of("honest0"));
        first = sim.addNode("honest0", kernel -> new RegistryNode(kernel, GOSSIP, RegistryConfig.fast(), seeds));
        second = sim.addNode("honest1", kernel -> new RegistryNode(kernel, GOSSIP, RegistryConfig.fast(), seeds));
        liar = sim.addNode("liar", kernel -> new LiarNode(kernel, GOSSIP, group, seeds));
        sim.runFor(Time.seconds(2));
    }

    private Registry registry(NodeId node) {
        return sim.protocol(node, RegistryNode.class).registry;
    }

    private void say(RegistryMessage message) {
        LiarNode node = sim.protocol(liar, LiarNode.class);
        sim.onNode(liar, () -> node.send(first, message));
        sim.runFor(Time.millis(20));
    }

    private Origin life() {
        long generation = sim.protocol(liar, LiarNode.class)
                .membership
                .self()
                .incarnation()
                .generation();
        return new Origin(liar, generation);
    }

    private static Cell field(Origin origin, String value, long stamp, long sequence) {
        return new Cell(
                Keys.of(Kind.NAMESPACE, "vpn", "owner"), Bytes.ofUtf8(value), 0, stamp, false, origin, sequence);
    }

    private void write(NodeId node, String name) {
        Registry registry = registry(node);
        sim.onNode(node, () -> registry.namespaces().add(name, null));
    }

    @Test
    void whatWasSeenAndWouldBeatWhatIsHeldIsRefusedByNameAndStopsNobody() {
        start(1, 0);
        say(new Fresh("test", life(), 1, 1, 50, List.of(field(life(), "ann", 50, 1))));
        assertThat(registry(first)
                        .settings()
                        .store()
                        .find(field(life(), "", 1, 1).key())
                        .value())
                .isEqualTo(Bytes.ofUtf8("ann"));
        say(new Fresh("test", life(), 2, 2, 90, List.of(field(life(), "bob", 90, 1))));
        assertThat(registry(first).settings().counters().of(Counter.REFUSED_CONTRADICTION))
                .isEqualTo(1);
        assertThat(registry(first).settings().refusals().get(liar))
                .contains("it was seen here, and would beat what is held")
                .contains("NAMESPACE");
        assertThat(registry(first).settingsFreshness().text()).contains("(refuses what liar says)");
        assertThat(registry(first)
                        .settings()
                        .store()
                        .find(field(life(), "", 1, 1).key())
                        .value())
                .isEqualTo(Bytes.ofUtf8("ann"));
        write(second, "later");
        sim.runFor(Time.seconds(1));
        assertThat(registry(first).settings().store().find(Keys.of(Kind.NAMESPACE, "later")))
                .isNotNull();
        assertThatThrownBy(() -> RegistryInvariants.checkRefusals(registry(first)))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining("V5");
    }

    @Test
    void claimOfWritesThatThisLifeHasNotMadeIsRefusedAndTheNextWriteIsItsOwn() {
        start(2, 0);
        write(first, "a");
        Origin own = registry(first).settings().origin();
        Versions claim = new Versions();
        claim.add(own, 1_000);
        sim.protocol(liar, LiarNode.class).onlyTo(first);
        sim.protocol(liar, LiarNode.class).answerWith(pull -> slice(pull, claim, new Versions(), 0, List.of()));
        sim.runFor(Time.seconds(2));
        assertThat(registry(first).settings().refusals().get(liar)).contains("write 1000 of this node's life");
        write(first, "b");
        sim.runFor(Time.seconds(1));
        assertThat(registry(second).settings().store().find(Keys.of(Kind.NAMESPACE, "b")))
                .isNotNull();
    }

    @Test
    void whateverAPeerSaysNoNodeStops() {
        for (int seed = 0; seed < 8; seed++) {
            int group = seed & 1;
            start(seed, group);
            Random luck = new Random(seed);
            sim.protocol(liar, LiarNode.class).answerWith(pull -> lie(luck, pull));
            for (int round = 0; round < 60; round++) {
                if (luck.nextBoolean()) {
                    long last = 1 + number(luck, Versions.SEQUENCE_MAX - 1);
                    long begin = luck.nextBoolean() ? last : 1;
                    say(new Fresh(
                            "test", origin(luck, true), begin, last, number(luck, HybridClock.STAMP_MAX), cells(luck)));
                }
                int step = round;
                NodeId writer = luck.nextBoolean() ? first : second;
                RegistryNode node = sim.protocol(writer, RegistryNode.class);
                sim.onNode(writer, () -> honestWork(node, luck, step));
                sim.runFor(Time.millis(luck.nextInt(300)));
            }
            assertThat(sim.isUp(first) && sim.isUp(second)).isTrue();
        }
    }

    private static void honestWork(RegistryNode node, Random luck, int step) {
        String name = "vpn" + luck.nextInt(2);
        node.registry.namespaces().add(name, null);
        node.registry.namespaces().set(name, "owner", "v" + step, null);
        node.registry.clients().put(name, "c0", List.of("P"), "", null);
        if (luck.nextBoolean()) {
            node.registry.namespaces().remove(name, null);
            node.registry.clients().remove(name, "c0", null);
            node.disconnect("c0");
        } else {
            node.connect("c0");
        }
        node.registry.sessions().all(10);
        node.registry.clients().all();
        node.registry.namespaces().all();
    }

    private Slice lie(Random luck, Pull pull) {
        Versions claim = luck.nextInt(4) == 0 ? null : versions(luck);
        return slice(pull, claim, versions(luck), number(luck, HybridClock.STAMP_MAX), cells(luck));
    }

    private static Slice slice(Pull pull, Versions claim, Versions floors, long floorStamp, List<Cell> cells) {
        long end = CellTable.HASH_END;
        return new Slice(
                "test",
                pull.number(),
                Mode.WHOLE,
                1,
                0,
                end,
                true,
                1,
                1,
                floorStamp,
                claim,
                0,
                floors,
                List.of(),
                cells);
    }

    private Versions versions(Random luck) {
        Versions versions = new Versions();
        for (int i = luck.nextInt(4); i > 0; i--) {
            versions.add(origin(luck, false), 1 + number(luck, Versions.SEQUENCE_MAX - 1));
        }
        for (int i = luck.nextInt(3); i > 0; i--) {
            versions.addOne(origin(luck, false), 1 + number(luck, Versions.SEQUENCE_MAX - 1));
        }
        if (luck.nextInt(3) == 0) {
            Origin over = origin(luck, false);
            versions.retire(over.node(), over.life());
        }
        return versions;
    }

    private Origin origin(Random luck, boolean own) {
        if (own && luck.nextInt(3) > 0) {
            return life();
        }
        NodeId node = own ? liar : List.of(first, second, liar).get(luck.nextInt(3));
        Origin real = node.equals(liar) ? life() : registry(node).settings().origin();
        return luck.nextBoolean() ? real : new Origin(node, 1 + number(luck, Origin.LIFE_MAX - 1));
    }

    /** Small, near a limit, or anything. */
    private static long number(Random luck, long max) {
        return switch (luck.nextInt(4)) {
            case 0 -> luck.nextInt(5);
            case 1 -> max - luck.nextInt(3);
            case 2 -> max - (1L << 40) + luck.nextInt(3) - 1;
            default -> Math.floorMod(luck.nextLong(), max);
        };
    }

    private List<Cell> cells(Random luck) {
        List<Cell> cells = new ArrayList<>();
        for (int i = luck.nextInt(4); i > 0; i--) {
            Kind kind = Kind.values()[luck.nextInt(4)];
            String name = NAMES[luck.nextInt(NAMES.length)];
            Bytes key =
                    luck.nextBoolean() ? Keys.of(kind, name) : Keys.of(kind, name, luck.nextBoolean() ? "owner" : "c0");
            boolean deleted = luck.nextInt(3) == 0;
            byte[] value = new byte[deleted ? 0 : luck.nextInt(6)];
            luck.nextBytes(value);
            cells.add(new Cell(
                    key,
                    Bytes.wrap(value),
                    number(luck, HybridClock.STAMP_MAX),
                    1 + number(luck, HybridClock.STAMP_MAX - 1),
                    deleted,
                    origin(luck, false),
                    1 + number(luck, Versions.SEQUENCE_MAX - 1)));
        }
        return cells;
    }
}
