package io.orrery.raft.beat;

import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.log.EntryBatch;
import io.orrery.raft.message.AppendAck;
import io.orrery.raft.message.AppendEntries;
import java.util.ArrayList;
import java.util.List;

/** The wire form of {@link Beats}: the fields in order, numbers as LEB128, lists after their lengths. */
public final class BeatsCodec implements Codec<Beats> {
    public static final BeatsCodec INSTANCE = new BeatsCodec();

    /** A group, five numbers and a flag, of one byte each. */
    private static final int BEAT_BYTES_MIN = 7;

    /** A group and six numbers. */
    private static final int ANSWER_BYTES_MIN = 7;

    /** Far beyond any log, far from overflow. */
    private static final long NUMBER_MAX = 1L << 60;

    /** The version that brought {@link Parcel}s. */
    public static final int PARCELS_SINCE = 2;

    /** A group, five numbers and a count. */
    private static final int PARCEL_BYTES_MIN = 7;

    private BeatsCodec() {}

    @Override
    public int version() {
        return PARCELS_SINCE;
    }

    @Override
    public int since(Beats message) {
        return message.parcels().isEmpty() ? 1 : PARCELS_SINCE;
    }

    @Override
    public void encode(Beats message, Encoder out) {
        out.writeLong(message.incarnation());
        out.writeLong(message.sleeping());
        out.writeBoolean(message.wakesAll());
        List<Beat> beats = message.beats();
        out.writeVarLong(beats.size());
        for (int i = 0; i < beats.size(); i++) {
            encode(beats.get(i), out);
        }
        List<BeatAnswer> answers = message.answers();
        out.writeVarLong(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            encode(answers.get(i), out);
        }
        List<Long> wakes = message.wakes();
        out.writeVarLong(wakes.size());
        for (int i = 0; i < wakes.size(); i++) {
            out.writeVarLong(wakes.get(i));
        }
        if (out.version() >= PARCELS_SINCE) {
            List<Parcel> parcels = message.parcels();
            out.writeVarLong(parcels.size());
            for (int i = 0; i < parcels.size(); i++) {
                encode(parcels.get(i), out);
            }
        }
    }

    private static void encode(Parcel parcel, Encoder out) {
        encode(parcel.group(), parcel.append(), out);
        parcel.append().entries().encode(out);
    }

    private static void encode(Beat beat, Encoder out) {
        encode(beat.group(), beat.append(), out);
        out.writeBoolean(beat.sleeps());
    }

    private static void encode(long group, AppendEntries append, Encoder out) {
        out.writeVarLong(group);
        out.writeVarLong(append.term());
        out.writeVarLong(append.prevIndex());
        out.writeVarLong(append.prevTerm());
        out.writeVarLong(append.commitIndex());
        out.writeVarLong(append.round());
    }

    private static void encode(BeatAnswer answer, Encoder out) {
        AppendAck ack = answer.ack();
        out.writeVarLong(answer.group());
        out.writeVarLong(ack.term());
        out.writeVarLong(ack.receivedIndex());
        out.writeVarLong(ack.durableIndex());
        out.writeVarLong(ack.appliedIndex());
        out.writeVarLong(ack.round());
        out.writeVarLong(Math.max(0, ack.priority()));
    }

    @Override
    public Beats decode(Decoder in) {
        long incarnation = in.readLong();
        long sleeping = in.readLong();
        boolean wakesAll = in.readBoolean();
        int beatCount = in.readCount(BEAT_BYTES_MIN);
        List<Beat> beats = beatCount == 0 ? List.of() : new ArrayList<>(beatCount);
        for (int i = 0; i < beatCount; i++) {
            beats.add(beat(in));
        }
        int answerCount = in.readCount(ANSWER_BYTES_MIN);
        List<BeatAnswer> answers = answerCount == 0 ? List.of() : new ArrayList<>(answerCount);
        for (int i = 0; i < answerCount; i++) {
            answers.add(answer(in));
        }
        int wakeCount = in.readCount(1);
        List<Long> wakes = wakeCount == 0 ? List.of() : new ArrayList<>(wakeCount);
        for (int i = 0; i < wakeCount; i++) {
            wakes.add(in.readVarLong());
        }
        return new Beats(incarnation, sleeping, wakesAll, beats, answers, wakes, parcels(in));
    }

    private static List<Parcel> parcels(Decoder in) {
        int count = in.version() < PARCELS_SINCE ? 0 : in.readCount(PARCEL_BYTES_MIN);
        List<Parcel> parcels = count == 0 ? List.of() : new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long group = in.readVarLong();
            AppendEntries head = head(in);
            EntryBatch entries = EntryBatch.decode(head.term(), head.prevIndex(), head.prevTerm(), in);
            parcels.add(new Parcel(
                    group,
                    new AppendEntries(
                            head.term(),
                            head.prevIndex(),
                            head.prevTerm(),
                            head.commitIndex(),
                            head.round(),
                            entries)));
        }
        return parcels;
    }

    private static Beat beat(Decoder in) {
        long group = in.readVarLong();
        return new Beat(group, head(in), in.readBoolean());
    }

    /** What an append says beside its entries. */
    private static AppendEntries head(Decoder in) {
        AppendEntries append = new AppendEntries(number(in), number(in), number(in), number(in), number(in), List.of());
        if (append.prevTerm() > append.term()) {
            throw new DecodeException("an entry of a later term than the leader's");
        }
        return append;
    }

    private static BeatAnswer answer(Decoder in) {
        long group = in.readVarLong();
        AppendAck ack = new AppendAck(number(in), number(in), number(in), number(in), number(in), priority(in));
        if (ack.durableIndex() > ack.receivedIndex()) {
            throw new DecodeException("more is durable than was received");
        }
        return new BeatAnswer(group, ack);
    }

    private static int priority(Decoder in) {
        long priority = number(in);
        if (priority > RaftConfig.PRIORITY_MAX) {
            throw new DecodeException("a priority out of range");
        }
        return (int) priority;
    }

    private static long number(Decoder in) {
        long value = in.readVarLong();
        if (value < 0 || value > NUMBER_MAX) {
            throw new DecodeException("a number out of range");
        }
        return value;
    }
}
