package io.orrery.raft.message;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.log.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire form of {@link RaftMessage}: a type byte, then the record's fields in order, numbers as LEB128. Entries go
 * without their indexes, which follow from the message; decoded payloads are slices of the frame. Version 2 adds
 * {@link AppendAck#appliedIndex}.
 */
public final class RaftCodec implements Codec<RaftMessage> {
    public static final RaftCodec INSTANCE = new RaftCodec();

    private static final int REQUEST_PRE_VOTE = 1;
    private static final int PRE_VOTE_REPLY = 2;
    private static final int REQUEST_VOTE = 3;
    private static final int VOTE_REPLY = 4;
    private static final int APPEND_ENTRIES = 5;
    private static final int APPEND_ACK = 6;
    private static final int APPEND_REFUSAL = 7;
    private static final int TIMEOUT_NOW = 8;

    /** A kind, a term, a timestamp and a length, of one byte each. */
    private static final int ENTRY_BYTES_MIN = 4;

    /** Far beyond any log, far from overflow. */
    private static final long NUMBER_MAX = 1L << 60;

    private RaftCodec() {}

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void encode(RaftMessage message, Encoder out) {
        if (message instanceof AppendEntries append) {
            write(append, out);
        } else if (message instanceof AppendAck ack) {
            write(ack, out);
        } else if (message instanceof AppendRefusal refusal) {
            write(refusal, out);
        } else if (message instanceof RequestVote request) {
            out.writeByte(REQUEST_VOTE);
            out.writeVarLong(request.term());
            out.writeVarLong(request.lastIndex());
            out.writeVarLong(request.lastTerm());
            out.writeBoolean(request.transfer());
        } else if (message instanceof VoteReply reply) {
            out.writeByte(VOTE_REPLY);
            out.writeVarLong(reply.term());
            out.writeBoolean(reply.granted());
        } else if (message instanceof RequestPreVote request) {
            out.writeByte(REQUEST_PRE_VOTE);
            out.writeVarLong(request.term());
            out.writeVarLong(request.lastIndex());
            out.writeVarLong(request.lastTerm());
        } else if (message instanceof PreVoteReply reply) {
            out.writeByte(PRE_VOTE_REPLY);
            out.writeVarLong(reply.term());
            out.writeBoolean(reply.granted());
        } else {
            out.writeByte(TIMEOUT_NOW);
            out.writeVarLong(((TimeoutNow) message).term());
        }
    }

    private static void write(AppendEntries message, Encoder out) {
        out.writeByte(APPEND_ENTRIES);
        out.writeVarLong(message.term());
        out.writeVarLong(message.prevIndex());
        out.writeVarLong(message.prevTerm());
        out.writeVarLong(message.commitIndex());
        List<Entry> entries = message.entries();
        out.writeVarLong(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            write(entries.get(i), out);
        }
    }

    private static void write(Entry entry, Encoder out) {
        out.writeByte(entry.kind().ordinal());
        out.writeVarLong(entry.term());
        out.writeVarLong(entry.timestampMillis());
        out.writeBytes(entry.payload());
    }

    private static void write(AppendAck message, Encoder out) {
        out.writeByte(APPEND_ACK);
        out.writeVarLong(message.term());
        out.writeVarLong(message.receivedIndex());
        out.writeVarLong(message.durableIndex());
        if (out.version() >= 2) {
            out.writeVarLong(message.appliedIndex());
        }
    }

    private static void write(AppendRefusal message, Encoder out) {
        out.writeByte(APPEND_REFUSAL);
        out.writeVarLong(message.term());
        out.writeVarLong(message.refusedIndex());
        out.writeVarLong(message.hintIndex());
        out.writeVarLong(message.hintTerm());
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
            default -> throw new DecodeException("unknown message type");
        };
    }

    private static AppendAck appendAck(Decoder in) {
        AppendAck ack = new AppendAck(number(in), number(in), number(in), in.version() >= 2 ? number(in) : 0);
        if (ack.durableIndex() > ack.receivedIndex()) {
            throw new DecodeException("more is durable than was received");
        }
        return ack;
    }

    private static AppendEntries appendEntries(Decoder in) {
        long term = number(in);
        long prevIndex = number(in);
        long prevTerm = number(in);
        long commitIndex = number(in);
        int count = in.readCount(ENTRY_BYTES_MIN);
        List<Entry> entries = count == 0 ? List.of() : new ArrayList<>(count);
        long lastTerm = prevTerm;
        for (int i = 1; i <= count; i++) {
            Entry entry = entry(prevIndex + i, in);
            if (entry.term() < lastTerm) {
                throw new DecodeException("terms fall along the log");
            }
            lastTerm = entry.term();
            entries.add(entry);
        }
        if (lastTerm > term) {
            throw new DecodeException("an entry of a later term than the leader's");
        }
        return new AppendEntries(term, prevIndex, prevTerm, commitIndex, entries);
    }

    private static Entry entry(long index, Decoder in) {
        Entry.Kind kind = Entry.Kind.of(in.readByte());
        if (kind == null) {
            throw new DecodeException("unknown kind of entry");
        }
        return new Entry(index, number(in), number(in), kind, in.readBytes());
    }

    private static long number(Decoder in) {
        long value = in.readVarLong();
        if (value < 0 || value > NUMBER_MAX) {
            throw new DecodeException("a number out of range");
        }
        return value;
    }
}
