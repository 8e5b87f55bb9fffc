package io.orrery.kernel.journal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.loop.StorageAction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the cycles of a journal, each of which says its clocks and its nodes by what came before. */
final class CycleReader {
    private static final StorageAction[] ACTIONS = StorageAction.values();
    private static final Failure.Kind[] FAILURES = Failure.Kind.values();

    private final List<NodeId> names = new ArrayList<>();
    private long nowNanos;
    private long wallMillis;

    Cycle read(boolean isBoot, Decoder in) {
        long passed = in.readVarLong();
        if (passed < 0 || nowNanos + passed < 0) {
            throw new DecodeException("a monotonic clock that falls");
        }
        nowNanos += passed;
        long wall = in.readVarLong();
        wallMillis += wall >>> 1 ^ -(wall & 1);
        int itemCount = in.readCount(1);
        List<JournalItem> items = new ArrayList<>(itemCount);
        for (int i = 0; i < itemCount; i++) {
            items.add(item(in));
        }
        long[] noes = new long[in.readCount(1)];
        long last = 0;
        for (int i = 0; i < noes.length; i++) {
            long step = in.readVarLong();
            if (step < 0 || i > 0 && step == 0) {
                throw new DecodeException("answers out of order");
            }
            last += step;
            noes[i] = last;
        }
        Bytes inputs = in.readBytes();
        requireWhole(inputs);
        Bytes checks = in.readBytes();
        return new Cycle(isBoot, nowNanos, wallMillis, Collections.unmodifiableList(items), noes, inputs, checks);
    }

    private JournalItem item(Decoder in) {
        int tag = in.readByte();
        switch (tag) {
            case ItemTag.FRAME:
                NodeId from = name(in);
                return new JournalItem.Frame(from, in.readBytes());
            case ItemTag.TASK:
                return new JournalItem.Call(false);
            case ItemTag.CALL:
                return new JournalItem.Call(true);
            case ItemTag.DISK_BROKEN:
                return new JournalItem.DiskBroken(in.readString());
            default:
                return completion(tag, in);
        }
    }

    private NodeId name(Decoder in) {
        long index = in.readVarLong();
        if (index == names.size()) {
            names.add(in.readNode());
        }
        if (index < 0 || index >= names.size()) {
            throw new DecodeException("a frame of a node that was not named");
        }
        return names.get((int) index);
    }

    private static JournalItem completion(int tag, Decoder in) {
        if (tag >= ItemTag.FAILED && tag < ItemTag.FAILED + ACTIONS.length) {
            int kind = in.readByte();
            if (kind >= FAILURES.length) {
                throw new DecodeException("an unknown kind of storage failure");
            }
            Failure failure = new Failure(FAILURES[kind], in.readString());
            return new JournalItem.Completion(ACTIONS[tag - ItemTag.FAILED], null, failure);
        }
        if (tag < ItemTag.DONE || tag >= ItemTag.DONE + ACTIONS.length) {
            throw new DecodeException("an unknown kind of item, " + tag);
        }
        StorageAction action = ACTIONS[tag - ItemTag.DONE];
        Object value = null;
        if (action == StorageAction.READ) {
            value = in.readBytes();
        } else if (action == StorageAction.LIST) {
            value = files(in);
        }
        return new JournalItem.Completion(action, value, null);
    }

    private static List<FileStat> files(Decoder in) {
        int count = in.readCount(2);
        List<FileStat> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            long length = in.readVarLong();
            if (length < 0) {
                throw new DecodeException("a file of negative length");
            }
            files.add(new FileStat(name, length));
        }
        return files;
    }

    private static void requireWhole(Bytes inputs) {
        Decoder in = inputs.decoder();
        int tag = Cycle.CALL_OVER;
        while (in.remaining() > 0) {
            tag = in.readByte();
            if (tag == Cycle.INPUT) {
                in.readBytes();
            } else if (tag != Cycle.CALL_OVER) {
                throw new DecodeException("an unknown mark among the inputs, " + tag);
            }
        }
        if (tag != Cycle.CALL_OVER) {
            throw new DecodeException("inputs of a call that does not end");
        }
    }
}
