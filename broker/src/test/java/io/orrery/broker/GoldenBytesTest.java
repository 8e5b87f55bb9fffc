package io.orrery.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.broker.boot.Ballot;
import io.orrery.broker.boot.BootCodec;
import io.orrery.broker.boot.BootMessage;
import io.orrery.broker.boot.Electorate;
import io.orrery.broker.boot.Founding;
import io.orrery.broker.boot.Letter;
import io.orrery.broker.boot.Starter;
import io.orrery.broker.cluster.ClusterCommand;
import io.orrery.broker.cluster.ClusterCommandCodec;
import io.orrery.broker.cluster.ExchangeType;
import io.orrery.broker.cluster.KeeperCodec;
import io.orrery.broker.cluster.KeeperMessage;
import io.orrery.broker.cluster.NodeRole;
import io.orrery.broker.cluster.TopicSpec;
import io.orrery.broker.forward.ForwardCodec;
import io.orrery.broker.forward.ForwardMessage;
import io.orrery.broker.forward.ForwardMessage.LinkId;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.MessageProperties;
import io.orrery.broker.session.MessageProperties.UserProperty;
import io.orrery.broker.topic.TopicName;
import io.orrery.gossip.ClusterId;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One line of hexadecimal per message, so that nodes of two versions understand each other. */
class GoldenBytesTest {
    private static final NodeId NODE = NodeId.of("node1@host");
    private static final LinkId LINK = new LinkId(1_700_000_000_000L, 3);
    private static final Message RICH = new Message(
            TopicName.of("t/a"),
            Bytes.ofUtf8("payload"),
            1,
            true,
            new MessageProperties(1, 60, "text/plain", "r/t", Bytes.ofUtf8("c"), List.of(new UserProperty("k", "v"))));

    private final Map<String, Object> messages = new LinkedHashMap<>();

    {
        messages.put("publish", new ForwardMessage.Publish(LINK, 5, 9, Message.of("t/a", Bytes.ofUtf8("x"), 0)));
        messages.put("publish-rich", new ForwardMessage.Publish(LINK, 5, 10, RICH));
        messages.put("ack", new ForwardMessage.Ack(LINK, 10));
        messages.put("join-request", new KeeperMessage.JoinRequest(NodeRole.SECONDARY));
        messages.put("remove-request", new KeeperMessage.RemoveRequest(7, NODE));
        messages.put("redirect", new KeeperMessage.Redirect(NODE));
        messages.put("remove-done", new KeeperMessage.RemoveDone(7, "why"));
        messages.put("register-node", new ClusterCommand.RegisterNode(NODE, "host:16000", NodeRole.PRIMARY));
        messages.put("remove-node", new ClusterCommand.RemoveNode(NODE));
        messages.put("create-namespace", new ClusterCommand.CreateNamespace("shop"));
        messages.put("delete-namespace", new ClusterCommand.DeleteNamespace("shop"));
        messages.put(
                "create-topic",
                new ClusterCommand.CreateTopic(
                        "shop", "orders", new TopicSpec(3, 2, 1_000_000_000L, ExchangeType.HEADERS)));
        messages.put("delete-topic", new ClusterCommand.DeleteTopic("shop", "orders"));
        messages.put("heal-split", new ClusterCommand.HealSplit(9, new TreeMap<>(Map.of(NODE, 1_700_000_000_000L))));
        ClusterId id = new ClusterId(0x1122334455667788L, 0x99AABBCCDDEEFF00L);
        Founding founding = new Founding(id, new TreeMap<>(Map.of(NODE, 7L)));
        Ballot ballot = new Ballot(3, NODE);
        Electorate named = Electorate.named(List.of(NODE, NodeId.of("node2@host")));
        put("boot-hello", new BootMessage.Hello(named, "host:16000", List.of(new Starter(NODE, "h:1"))));
        put("boot-prepare", new BootMessage.Prepare(Electorate.counted(3), ballot));
        put("boot-promise", new BootMessage.Promise(ballot, 7, ballot, founding));
        put("boot-promise-bare", new BootMessage.Promise(ballot, 7, null, null));
        put("boot-accept", new BootMessage.Accept(ballot, founding));
        put("boot-accepted", new BootMessage.Accepted(ballot));
        put("boot-outbid", new BootMessage.Outbid(ballot));
        put("boot-formed", new BootMessage.Formed(founding, "host:16000"));
        put("boot-refused", new BootMessage.Refused("why"));
    }

    private void put(String name, BootMessage message) {
        messages.put(name, new Letter("east", message));
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> codec(Object message) {
        Codec<?> codec = message instanceof ForwardMessage
                ? new ForwardCodec()
                : message instanceof KeeperMessage
                        ? new KeeperCodec()
                        : message instanceof Letter ? BootCodec.INSTANCE : ClusterCommandCodec.INSTANCE;
        return (Codec<Object>) codec;
    }

    private static byte[] encode(Object message) {
        Encoder out = new Encoder();
        codec(message).encode(message, out);
        return out.toBytes().toByteArray();
    }

    private static Object decode(Codec<Object> codec, byte[] bytes) {
        Decoder in = new Decoder();
        in.wrap(bytes, 0, bytes.length);
        Object message = codec.decode(in);
        in.expectEnd();
        return message;
    }

    @Test
    void everyMessageHasTheBytesOfItsGoldenFile() {
        StringBuilder text = new StringBuilder();
        messages.forEach((name, message) -> {
            text.append(name).append(' ');
            for (byte b : encode(message)) {
                text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
            }
            text.append('\n');
        });
        assertThat(text.toString()).isEqualTo(resource("golden-messages.txt"));
    }

    @Test
    void everyMessageRoundTrips() {
        messages.forEach((name, message) ->
                assertThat(decode(codec(message), encode(message))).as(name).isEqualTo(message));
    }

    @Test
    void everyPrefixIsRefusedByADecodeException() {
        messages.forEach((name, message) -> {
            byte[] bytes = encode(message);
            for (int length = 0; length < bytes.length; length++) {
                byte[] prefix = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> decode(codec(message), prefix))
                        .as(name)
                        .isInstanceOf(DecodeException.class);
            }
        });
    }

    @Test
    void noBytesMakeADecoderThrowAnythingElse() {
        Random random = new Random(7);
        messages.forEach((name, message) -> {
            byte[] bytes = encode(message);
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = bytes.clone();
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    decode(codec(message), damaged);
                } catch (DecodeException refused) {
                    assertThat(refused).hasMessageNotContaining("null");
                }
            }
        });
    }

    private static String resource(String name) {
        try (InputStream in = GoldenBytesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
