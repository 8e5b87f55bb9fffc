package io.orrery.kernel.journal;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Storage.Failure;
import io.orrery.kernel.Storage.FileStat;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.StorageAction;
import java.util.List;
import java.util.TreeMap;

/**
 * Turns what happens to a node into the records of its journal: notes the parts of a cycle as they come, and writes the
 * record when the cycle is over. {@link JournalReader} has the format. For one thread.
 */
public final class JournalWriter {
    private static final int CYCLE_BYTES_MAX = 512 * 1024 * 1024;

    private final TreeMap<NodeId, Integer> names = new TreeMap<>();
    private final Encoder items = part();
    private final Encoder noes = part();
    private final Encoder inputs = part();
    private final Encoder checks = part();
    private final Encoder body = part();
    private long itemCount;
    private long answerCount;
    private long noCount;
    private long lastNo;
    private long lastNowNanos;
    private long lastWallMillis;

    private static Encoder part() {
        return new Encoder(256, CYCLE_BYTES_MAX);
    }

    /** Bytes noted for the cycle under way, about. */
    public long pendingBytes() {
        return (long) items.position() + inputs.position() + checks.position();
    }

    public void frame(DeliverEvent event) {
        itemCount++;
        items.writeByte(ItemTag.FRAME);
        Integer known = names.get(event.from());
        items.writeVarLong(known == null ? names.size() : known);
        if (known == null) {
            names.put(event.from(), names.size());
            items.writeNode(event.from());
        }
        items.writeVarLong(event.length());
        items.writeRaw(event.array(), event.offset(), event.length());
    }

    /**
     * @param value {@code Bytes} for a read, a list of {@code FileStat} for a list; not looked at otherwise
     */
    public void completion(StorageAction action, Object value, Failure failure) {
        itemCount++;
        if (failure != null) {
            items.writeByte(ItemTag.FAILED + action.ordinal());
            items.writeByte(failure.kind().ordinal());
            items.writeString(failure.reason());
            return;
        }
        items.writeByte(ItemTag.DONE + action.ordinal());
        if (action == StorageAction.READ) {
            items.writeBytes((Bytes) value);
        } else if (action == StorageAction.LIST) {
            List<?> files = (List<?>) value;
            items.writeVarLong(files.size());
            for (Object file : files) {
                items.writeString(((FileStat) file).name());
                items.writeVarLong(((FileStat) file).length());
            }
        }
    }

    public void call(boolean isCall) {
        itemCount++;
        items.writeByte(isCall ? ItemTag.CALL : ItemTag.TASK);
    }

    public void diskBroken(String why) {
        itemCount++;
        items.writeByte(ItemTag.DISK_BROKEN);
        items.writeString(why);
    }

    /** The outside said yes or no. */
    public void answer(boolean yes) {
        if (!yes) {
            noCount++;
            noes.writeVarLong(answerCount - lastNo);
            lastNo = answerCount;
        }
        answerCount++;
    }

    /** The call that runs does this to the node. */
    public void input(byte[] array, int offset, int length) {
        inputs.writeByte(Cycle.INPUT);
        inputs.writeVarLong(length);
        inputs.writeRaw(array, offset, length);
    }

    public void callOver() {
        inputs.writeByte(Cycle.CALL_OVER);
    }

    /** An event has run, and the hash ends so. */
    public void check(byte hash) {
        checks.writeByte(hash);
    }

    public static void header(JournalHeader header, Encoder out) {
        Encoder body = new Encoder();
        header.encode(body);
        write(RecordKind.HEADER, body, out);
    }

    /** Writes the cycle that was noted, and begins the next one. */
    public void cycle(boolean isBoot, long nowNanos, long wallMillis, Encoder out) {
        body.clear();
        body.writeVarLong(nowNanos - lastNowNanos);
        long wall = wallMillis - lastWallMillis;
        body.writeVarLong(wall << 1 ^ wall >> 63);
        lastNowNanos = nowNanos;
        lastWallMillis = wallMillis;
        body.writeVarLong(itemCount);
        body.writeRaw(items.buffer(), 0, items.position());
        body.writeVarLong(noCount);
        body.writeRaw(noes.buffer(), 0, noes.position());
        body.writeVarLong(inputs.position());
        body.writeRaw(inputs.buffer(), 0, inputs.position());
        body.writeVarLong(checks.position());
        body.writeRaw(checks.buffer(), 0, checks.position());
        write(isBoot ? RecordKind.BOOT : RecordKind.CYCLE, body, out);
        itemCount = 0;
        answerCount = 0;
        noCount = 0;
        lastNo = 0;
        items.clear();
        noes.clear();
        inputs.clear();
        checks.clear();
    }

    public void checkpoint(Checkpoint checkpoint, Encoder out) {
        body.clear();
        checkpoint.encode(body);
        write(RecordKind.CHECKPOINT, body, out);
    }

    public void end(JournalEnd end, Encoder out) {
        body.clear();
        end.encode(body);
        write(RecordKind.END, body, out);
    }

    private static void write(RecordKind kind, Encoder body, Encoder out) {
        out.writeByte(kind.ordinal());
        out.writeVarLong(body.position());
        out.writeRaw(body.buffer(), 0, body.position());
    }
}
