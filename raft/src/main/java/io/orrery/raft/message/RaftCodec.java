package io.orrery.raft.message;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.EntryBatch;

/**
 * The wire form of {@link RaftMessage}: a type byte, then the record's fields in order, numbers as LEB128. Entries go
 * without their indexes, which follow from the message, and are borrowed from the frame. Version 2 adds
 * {@link AppendAck#appliedIndex}; version 3 the rounds of reads, {@link RequestReadIndex} with its answer, and the messages
 * about snapshots; version 4 {@link AppendAck#priority} and {@link Recall} with its
 * answer, and who speaks it reads joint configurations.
 */
public final class RaftCodec implements Codec<RaftMessage> {
    public static final RaftCodec INSTANCE = new RaftCodec();

    /** The version that brought snapshots. */
    public static final int SNAPSHOTS_SINCE = SnapshotCodec.SINCE;

    private static final int REQUEST_PRE_VOTE = 1;
    private static final int PRE_VOTE_REPLY = 2;
    private static final int REQUEST_VOTE = 3;
    private static final int VOTE_REPLY = 4;
    private static final int APPEND_ENTRIES = 5;
    private static final int APPEND_ACK = 6;
    private static final int APPEND_REFUSAL = 7;
    private static final int TIMEOUT_NOW = 8;
    private static final int REQUEST_READ_INDEX = 9;
    private static final int READ_INDEX_REPLY = 10;
    private static final int RECALL = 11;
    private static final int RECALL_REPLY = 12;
    private static final int RECALL_SINCE = 4;

    private static final ReadIndexReply.Status[] READ_STATUSES = ReadIndexReply.Status.values();

    /** Far beyond any log, far from overflow. */
    private static final long NUMBER_MAX = 1L << 60;

    private RaftCodec() {}

    @Override
    public int version() {
        return 4;
    }

    @Override
    public int since(RaftMessage message) {
        if (message instanceof MemoryMessage) {
            return RECALL_SINCE;
        }
        return SnapshotCodec.isOne(message) ? SnapshotCodec.SINCE : 1;
    }

    @Override
    public void encode(RaftMessage message, Encoder out) {
        // The two of every heartbeat go without a visitor.
        if (message instanceof AppendEntries append) {
            write(append, out);
        } else if (message instanceof AppendAck ack) {
            write(ack, out);
        } else {
            message.dispatch(null, new Writer(out));
        }
    }

    @Override
    public RaftMessage decode(Decoder in) {
        int type = in.readByte();
        return switch (type) {
            case REQUEST_PRE_VOTE -> new RequestPreVote(number(in), number(in), number(in));
            case PRE_VOTE_REPLY -> new PreVoteReply(number(in), in.readBoolean());
            case REQUEST_VOTE -> new RequestVote(number(in), number(in), number(in), in.readBoolean());
            case VOTE_REPLY -> new VoteReply(number(in), in.readBoolean());
            case APPEND_ENTRIES -> appendEntries(in);
            case APPEND_ACK -> appendAck(in);
            case APPEND_REFUSAL -> new AppendRefusal(number(in), number(in), number(in), number(in));
            case TIMEOUT_NOW -> new TimeoutNow(number(in));
            case REQUEST_READ_INDEX -> new RequestReadIndex(number(in), in.readLong(), in.readBoolean());
            case READ_INDEX_REPLY -> readIndexReply(in);
            case RECALL -> new Recall(number(in), in.readLong());
            case RECALL_REPLY -> new RecallReply(number(in), in.readLong(), number(in), in.readBoolean());
            default -> SnapshotCodec.decode(type, in);
        };
    }

    private static AppendAck appendAck(Decoder in) {
        AppendAck ack = new AppendAck(
                number(in),
                number(in),
                number(in),
                in.version() >= 2 ? number(in) : 0,
                in.version() >= 3 ? number(in) : 0,
                in.version() >= 4 ? priority(in) : AppendAck.PRIORITY_UNKNOWN);
        if (ack.durableIndex() > ack.receivedIndex()) {
            throw new DecodeException("more is durable than was received");
        }
        return ack;
    }

    private static int priority(Decoder in) {
        long priority = number(in);
        if (priority > RaftConfig.PRIORITY_MAX) {
            throw new DecodeException("a priority out of range");
        }
        return (int) priority;
    }

    private static AppendEntries appendEntries(Decoder in) {
        long term = number(in);
        long prevIndex = number(in);
        long prevTerm = number(in);
        long commitIndex = number(in);
        long round = in.version() >= 3 ? number(in) : 0;
        return new AppendEntries(
                term, prevIndex, prevTerm, commitIndex, round, EntryBatch.decode(term, prevIndex, prevTerm, in));
    }

    private static ReadIndexReply readIndexReply(Decoder in) {
        long term = number(in);
        long id = in.readLong();
        int status = in.readByte();
        if (status >= READ_STATUSES.length) {
            throw new DecodeException("unknown status of a read");
        }
        return new ReadIndexReply(term, id, READ_STATUSES[status], number(in));
    }

    static long number(Decoder in) {
        long value = in.readVarLong();
        if (value < 0 || value > NUMBER_MAX) {
            throw new DecodeException("a number out of range");
        }
        return value;
    }

    private static void write(AppendEntries message, Encoder out) {
        out.writeByte(APPEND_ENTRIES);
        out.writeVarLong(message.term());
        out.writeVarLong(message.prevIndex());
        out.writeVarLong(message.prevTerm());
        out.writeVarLong(message.commitIndex());
        if (out.version() >= 3) {
            out.writeVarLong(message.round());
        }
        message.entries().encode(out);
    }

    private static void write(AppendAck message, Encoder out) {
        out.writeByte(APPEND_ACK);
        out.writeVarLong(message.term());
        out.writeVarLong(message.receivedIndex());
        out.writeVarLong(message.durableIndex());
        if (out.version() >= 2) {
            out.writeVarLong(message.appliedIndex());
        }
        if (out.version() >= 3) {
            out.writeVarLong(message.round());
        }
        if (out.version() >= 4) {
            out.writeVarLong(Math.max(0, message.priority()));
        }
    }

    private record Writer(Encoder out) implements RaftMessage.Handler {
        @Override
        public void onRequestPreVote(NodeId from, RequestPreVote message) {
            out.writeByte(REQUEST_PRE_VOTE);
            out.writeVarLong(message.term());
            out.writeVarLong(message.lastIndex());
            out.writeVarLong(message.lastTerm());
        }

        @Override
        public void onPreVoteReply(NodeId from, PreVoteReply message) {
            out.writeByte(PRE_VOTE_REPLY);
            out.writeVarLong(message.term());
            out.writeBoolean(message.granted());
        }

        @Override
        public void onRequestVote(NodeId from, RequestVote message) {
            out.writeByte(REQUEST_VOTE);
            out.writeVarLong(message.term());
            out.writeVarLong(message.lastIndex());
            out.writeVarLong(message.lastTerm());
            out.writeBoolean(message.transfer());
        }

        @Override
        public void onVoteReply(NodeId from, VoteReply message) {
            out.writeByte(VOTE_REPLY);
            out.writeVarLong(message.term());
            out.writeBoolean(message.granted());
        }

        @Override
        public void onAppendEntries(NodeId from, AppendEntries message) {
            write(message, out);
        }

        @Override
        public void onAppendAck(NodeId from, AppendAck message) {
            write(message, out);
        }

        @Override
        public void onAppendRefusal(NodeId from, AppendRefusal message) {
            out.writeByte(APPEND_REFUSAL);
            out.writeVarLong(message.term());
            out.writeVarLong(message.refusedIndex());
            out.writeVarLong(message.hintIndex());
            out.writeVarLong(message.hintTerm());
        }

        @Override
        public void onTimeoutNow(NodeId from, TimeoutNow message) {
            out.writeByte(TIMEOUT_NOW);
            out.writeVarLong(message.term());
        }

        @Override
        public void onRequestReadIndex(NodeId from, RequestReadIndex message) {
            out.writeByte(REQUEST_READ_INDEX);
            out.writeVarLong(message.term());
            out.writeLong(message.id());
            out.writeBoolean(message.lease());
        }

        @Override
        public void onReadIndexReply(NodeId from, ReadIndexReply message) {
            out.writeByte(READ_INDEX_REPLY);
            out.writeVarLong(message.term());
            out.writeLong(message.id());
            out.writeByte(message.status().ordinal());
            out.writeVarLong(message.index());
        }

        @Override
        public void onInstallSnapshot(NodeId from, InstallSnapshot message) {
            SnapshotCodec.encode(message, out);
        }

        @Override
        public void onInstallStatus(NodeId from, InstallStatus message) {
            SnapshotCodec.encode(message, out);
        }

        @Override
        public void onMemoryMessage(NodeId from, MemoryMessage message) {
            out.writeByte(message instanceof Recall ? RECALL : RECALL_REPLY);
            out.writeVarLong(message.term());
            out.writeLong(message.nonce());
            if (message instanceof RecallReply reply) {
                out.writeVarLong(reply.lastIndex());
                out.writeBoolean(reply.leads());
            }
        }

        @Override
        public void onSnapshotMessage(NodeId from, SnapshotMessage message) {
            SnapshotCodec.encode(message, out);
        }
    }
}
