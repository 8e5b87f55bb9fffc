package io.orrery.raft.forward;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.Proposal;
import io.orrery.raft.forward.ForwardMessage.Answer;
import io.orrery.raft.forward.ForwardMessage.Forward;

/** The wire form of {@link ForwardMessage}: a type byte, then the fields in order. */
public final class ForwardCodec implements Codec<ForwardMessage> {
    public static final ForwardCodec INSTANCE = new ForwardCodec();

    private static final int FORWARD = 1;
    private static final int COMMITTED = 2;
    private static final int NOT_LEADER = 3;
    private static final int OVERLOADED = 4;
    private static final int UNKNOWN = 5;

    private ForwardCodec() {}

    @Override
    public void encode(ForwardMessage message, Encoder out) {
        message.dispatch(null, new Writer(out));
    }

    @Override
    public ForwardMessage decode(Decoder in) {
        int type = in.readByte();
        long id = in.readLong();
        return switch (type) {
            case FORWARD -> new Forward(id, in.readBytes());
            case COMMITTED -> new Answer(id, Proposal.Outcome.committed(index(in), in.readBytes()));
            case NOT_LEADER -> new Answer(id, Proposal.Outcome.notLeader(in.readBoolean() ? in.readNode() : null));
            case OVERLOADED -> new Answer(id, Proposal.Outcome.overloaded());
            case UNKNOWN -> new Answer(id, Proposal.Outcome.unknown());
            default -> throw new DecodeException("unknown message type");
        };
    }

    private static long index(Decoder in) {
        long index = in.readVarLong();
        if (index <= 0) {
            throw new DecodeException("an index is positive");
        }
        return index;
    }

    private record Writer(Encoder out) implements ForwardMessage.Handler {
        @Override
        public void onForward(NodeId from, Forward message) {
            out.writeByte(FORWARD);
            out.writeLong(message.id());
            out.writeBytes(message.command());
        }

        @Override
        public void onAnswer(NodeId from, Answer message) {
            Proposal.Outcome outcome = message.outcome();
            switch (outcome.status()) {
                case COMMITTED -> {
                    begin(COMMITTED, message);
                    out.writeVarLong(outcome.index());
                    out.writeBytes(outcome.result());
                }
                case NOT_LEADER -> {
                    begin(NOT_LEADER, message);
                    out.writeBoolean(outcome.leader() != null);
                    if (outcome.leader() != null) {
                        out.writeNode(outcome.leader());
                    }
                }
                case OVERLOADED -> begin(OVERLOADED, message);
                case UNKNOWN -> begin(UNKNOWN, message);
            }
        }

        private void begin(int type, Answer message) {
            out.writeByte(type);
            out.writeLong(message.id());
        }
    }
}
