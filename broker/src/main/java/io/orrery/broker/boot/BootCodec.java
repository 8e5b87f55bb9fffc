package io.orrery.broker.boot;

import io.orrery.gossip.GossipConfig;
import io.orrery.gossip.Member;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/** {@link Letter} in bytes: the cluster's name, a kind, then the fields. */
public final class BootCodec implements Codec<Letter> {
    public static final BootCodec INSTANCE = new BootCodec();

    private static final int HELLO = 1;
    private static final int PREPARE = 2;
    private static final int PROMISE = 3;
    private static final int ACCEPT = 4;
    private static final int ACCEPTED = 5;
    private static final int OUTBID = 6;
    private static final int FORMED = 7;
    private static final int REFUSED = 8;
    private static final int REASON_CHARS_MAX = 1024;

    private BootCodec() {}

    @Override
    public void encode(Letter letter, Encoder out) {
        out.writeString(letter.cluster());
        BootMessage message = letter.message();
        if (message instanceof BootMessage.Hello hello) {
            out.writeByte(HELLO);
            hello.electorate().encode(out);
            out.writeString(hello.address());
            writeStarters(hello.starters(), out);
        } else if (message instanceof BootMessage.Prepare prepare) {
            out.writeByte(PREPARE);
            prepare.electorate().encode(out);
            Ballot.encode(prepare.ballot(), out);
        } else if (message instanceof BootMessage.Promise promise) {
            out.writeByte(PROMISE);
            Ballot.encode(promise.ballot(), out);
            out.writeLong(promise.disk());
            Ballot.encode(promise.acceptedIn(), out);
            Founding.encode(promise.accepted(), out);
        } else if (message instanceof BootMessage.Accept accept) {
            out.writeByte(ACCEPT);
            Ballot.encode(accept.ballot(), out);
            Founding.encode(accept.founding(), out);
        } else if (message instanceof BootMessage.Accepted accepted) {
            out.writeByte(ACCEPTED);
            Ballot.encode(accepted.ballot(), out);
        } else if (message instanceof BootMessage.Outbid outbid) {
            out.writeByte(OUTBID);
            Ballot.encode(outbid.promised(), out);
        } else if (message instanceof BootMessage.Formed formed) {
            out.writeByte(FORMED);
            Founding.encode(formed.founding(), out);
            out.writeString(formed.address());
        } else if (message instanceof BootMessage.Refused refused) {
            out.writeByte(REFUSED);
            out.writeString(refused.reason());
        }
    }

    private static void writeStarters(List<Starter> starters, Encoder out) {
        out.writeVarLong(starters.size());
        for (Starter starter : starters) {
            out.writeNode(starter.node());
            out.writeString(starter.address());
        }
    }

    @Override
    public Letter decode(Decoder in) {
        return new Letter(text(in, GossipConfig.CLUSTER_BYTES_MAX), message(in));
    }

    private static BootMessage message(Decoder in) {
        return switch (in.readByte()) {
            case HELLO ->
                new BootMessage.Hello(Electorate.decode(in), text(in, Member.ADDRESS_BYTES_MAX), starters(in));
            case PREPARE -> new BootMessage.Prepare(Electorate.decode(in), Ballot.decodeOne(in));
            case PROMISE ->
                new BootMessage.Promise(Ballot.decodeOne(in), in.readLong(), Ballot.decode(in), Founding.decode(in));
            case ACCEPT -> new BootMessage.Accept(Ballot.decodeOne(in), Founding.decodeOne(in));
            case ACCEPTED -> new BootMessage.Accepted(Ballot.decodeOne(in));
            case OUTBID -> new BootMessage.Outbid(Ballot.decodeOne(in));
            case FORMED -> new BootMessage.Formed(Founding.decodeOne(in), text(in, Member.ADDRESS_BYTES_MAX));
            case REFUSED -> new BootMessage.Refused(text(in, REASON_CHARS_MAX));
            default -> throw new DecodeException("no message of first boot has this kind");
        };
    }

    private static List<Starter> starters(Decoder in) {
        int count = in.readCount(2);
        if (count > Starters.NODES_MAX) {
            throw new DecodeException("too many starters");
        }
        List<Starter> starters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            starters.add(new Starter(in.readNode(), text(in, Member.ADDRESS_BYTES_MAX)));
        }
        return starters;
    }

    private static String text(Decoder in, int charsMax) {
        String text = in.readString();
        if (text.length() > charsMax) {
            throw new DecodeException("a text longer than its limit");
        }
        return text;
    }
}
