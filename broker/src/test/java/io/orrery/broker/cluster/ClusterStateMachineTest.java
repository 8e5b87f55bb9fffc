package io.orrery.broker.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.cluster.ClusterCommand.CreateNamespace;
import io.orrery.broker.cluster.ClusterCommand.CreateTopic;
import io.orrery.broker.cluster.ClusterCommand.DeleteNamespace;
import io.orrery.broker.cluster.ClusterCommand.DeleteTopic;
import io.orrery.broker.cluster.ClusterCommand.RegisterNode;
import io.orrery.broker.cluster.ClusterCommand.RemoveNode;
import io.orrery.broker.cluster.ClusterResult.Status;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ClusterStateMachineTest {
    private static final TopicSpec SPEC = new TopicSpec(3, 2, 0, ExchangeType.TOPIC);

    private final ClusterStateMachine machine = new ClusterStateMachine();
    private long index;

    private ClusterResult apply(ClusterCommand command) {
        return ClusterResult.decode(machine.apply(++index, 0, ClusterCommandCodec.INSTANCE.encode(command)));
    }

    private static List<Bytes> snapshot(ClusterStateMachine machine) {
        List<Bytes> slices = new ArrayList<>();
        machine.snapshot().drainTo(slices::add);
        return slices;
    }

    private static SnapshotReader reader(List<Bytes> slices) {
        Iterator<Bytes> rest = slices.iterator();
        return new SnapshotReader() {
            @Override
            public boolean hasNext() {
                return rest.hasNext();
            }

            @Override
            public Bytes next() {
                return rest.next();
            }
        };
    }

    @Test
    void defaultNamespaceExistsFromTheStartAndStays() {
        assertThat(machine.state().namespaces()).containsOnlyKeys("default");
        assertThat(apply(new DeleteNamespace("default")).status()).isEqualTo(Status.CONFLICT);
        assertThat(machine.state().namespaces()).containsOnlyKeys("default");
    }

    @Test
    void topicsAreCreatedInTheirNamespaceOnce() {
        assertThat(apply(new CreateTopic("shop", "orders", SPEC)).status()).isEqualTo(Status.NOT_FOUND);
        assertThat(apply(new CreateNamespace("shop")).changed()).isTrue();
        ClusterResult created = apply(new CreateTopic("shop", "orders", SPEC));
        assertThat(created).isEqualTo(new ClusterResult(Status.OK, true, 3, ""));
        assertThat(apply(new CreateTopic("shop", "orders", SPEC)))
                .isEqualTo(new ClusterResult(Status.OK, false, 4, ""));
        TopicSpec other = new TopicSpec(1, 1, 0, ExchangeType.FANOUT);
        assertThat(apply(new CreateTopic("shop", "orders", other)).status()).isEqualTo(Status.CONFLICT);
        assertThat(machine.state().topic("shop", "orders")).isEqualTo(new TopicRecord("orders", SPEC, 3));
        assertThat(machine.state().index()).isEqualTo(3);
    }

    @Test
    void namespaceWithTopicsIsNotDeleted() {
        apply(new CreateNamespace("shop"));
        apply(new CreateTopic("shop", "orders", SPEC));
        assertThat(apply(new DeleteNamespace("shop")).status()).isEqualTo(Status.CONFLICT);
        apply(new DeleteTopic("shop", "orders"));
        assertThat(apply(new DeleteNamespace("shop")).changed()).isTrue();
        assertThat(apply(new DeleteNamespace("shop"))).isEqualTo(new ClusterResult(Status.OK, false, 6, ""));
    }

    @Test
    void nodeKeepsTheIndexAtWhichItFirstJoined() {
        NodeId node = NodeId.of("n1");
        apply(new RegisterNode(node, "a:1", NodeRole.PRIMARY));
        apply(new RegisterNode(node, "b:2", NodeRole.SECONDARY));
        assertThat(machine.state().nodes().get(node)).isEqualTo(new NodeRecord(node, "b:2", NodeRole.SECONDARY, 1));
        assertThat(apply(new RegisterNode(node, "b:2", NodeRole.SECONDARY)).changed())
                .isFalse();
        assertThat(apply(new RemoveNode(node)).changed()).isTrue();
        assertThat(apply(new RemoveNode(node)).changed()).isFalse();
    }

    @Test
    void senselessCommandsFailAndChangeNothing() {
        assertThat(apply(new CreateNamespace("")).status()).isEqualTo(Status.INVALID);
        assertThat(apply(new CreateNamespace("a\nb")).status()).isEqualTo(Status.INVALID);
        assertThat(apply(new CreateTopic("default", "t", new TopicSpec(0, 1, 0, ExchangeType.FANOUT)))
                        .reason())
                .contains("shards");
        assertThat(apply(new CreateTopic("default", "t", new TopicSpec(1, 65, 0, ExchangeType.FANOUT)))
                        .reason())
                .contains("replication");
        assertThat(apply(new CreateTopic("default", "t", new TopicSpec(1, 1, -1, ExchangeType.FANOUT)))
                        .reason())
                .contains("retention");
        assertThat(machine.state().index()).isZero();
        assertThat(machine.state().digest())
                .isEqualTo(new ClusterStateMachine().state().digest());
    }

    @Test
    void bytesThatAreNoCommandYieldAResult() {
        for (byte[] bytes : new byte[][] {{}, {1}, {1, 99}, {2, 3, 1, 'a'}, {1, 3, 100, 'a'}, {1, 3, 1, 'a', 0}}) {
            ClusterResult result = ClusterResult.decode(machine.apply(++index, 0, Bytes.wrap(bytes)));
            assertThat(result.status()).isEqualTo(Status.INVALID);
            assertThat(result.reason()).startsWith("not a command");
        }
    }

    @Property(tries = 200)
    void equalCommandsMakeEqualBytesAndSnapshotsRoundTrip(@ForAll("commands") List<ClusterCommand> commands) {
        ClusterStateMachine one = new ClusterStateMachine();
        ClusterStateMachine other = new ClusterStateMachine();
        long at = 0;
        for (ClusterCommand command : commands) {
            Bytes encoded = ClusterCommandCodec.INSTANCE.encode(command);
            assertThat(ClusterCommandCodec.INSTANCE.decode(encoded)).isEqualTo(command);
            Bytes result = one.apply(++at, 0, encoded);
            if (at == commands.size() / 2) {
                other.restore().takeAll(reader(snapshot(one)));
            } else {
                assertThat(other.apply(at, 99, encoded)).isEqualTo(result);
            }
        }
        assertThat(snapshot(other)).isEqualTo(snapshot(one));
        assertThat(other.state().topicCount()).isEqualTo(one.state().topicCount());
        assertThat(other.state().namespaces()).isEqualTo(one.state().namespaces());
        assertThat(other.state().nodes()).isEqualTo(one.state().nodes());
    }

    @Test
    void largeStatesAreSnapshotInSlices() {
        for (int i = 0; i < 3_000; i++) {
            apply(new CreateTopic("default", "topic-with-a-rather-long-name-" + i, SPEC));
        }
        List<Bytes> slices = snapshot(machine);
        assertThat(slices).hasSizeGreaterThan(3).allMatch(slice -> slice.length() < 40_000);
        ClusterStateMachine other = new ClusterStateMachine();
        other.restore().takeAll(reader(slices));
        assertThat(snapshot(other)).isEqualTo(slices);
    }

    @Test
    void aSnapshotIsOfTheMomentItWasOpenedAtWhileCommandsGoOn() {
        for (int i = 0; i < 3_000; i++) {
            apply(new CreateTopic("default", "topic-with-a-rather-long-name-" + i, SPEC));
        }
        List<Bytes> expected = snapshot(machine);
        List<Bytes> pieces = new ArrayList<>();
        SnapshotSource source = machine.snapshot();
        int steps = 0;
        while (source.writeNext(pieces::add, 1)) {
            apply(new DeleteTopic("default", "topic-with-a-rather-long-name-" + (2_999 - steps)));
            apply(new CreateNamespace("later-" + steps++));
        }
        source.close();
        assertThat(steps).isEqualTo(3);
        assertThat(pieces).isEqualTo(expected);
        assertThat(machine.state().topicCount()).isEqualTo(3_000 - steps);
    }

    @Provide
    Arbitrary<List<ClusterCommand>> commands() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "default", "", "\u20ac");
        Arbitrary<TopicSpec> specs = Arbitraries.of(SPEC, new TopicSpec(1, 1, 5, ExchangeType.HEADERS));
        Arbitrary<NodeId> nodes = Arbitraries.of(NodeId.of("n1"), NodeId.of("n2@host"));
        Arbitrary<ClusterCommand> any = Arbitraries.oneOf(
                names.map(CreateNamespace::new),
                names.map(DeleteNamespace::new),
                names.flatMap(ns -> names.flatMap(name -> specs.map(spec -> new CreateTopic(ns, name, spec)))),
                names.flatMap(ns -> names.map(name -> new DeleteTopic(ns, name))),
                nodes.flatMap(node ->
                        names.map(address -> new RegisterNode(node, address, NodeRole.values()[address.length() % 2]))),
                nodes.map(RemoveNode::new));
        return any.list().ofMaxSize(60);
    }
}
