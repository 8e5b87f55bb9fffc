package io.orrery.gossip.registry.disk;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Versions;
import io.orrery.gossip.registry.message.CellsCodec;
import io.orrery.gossip.registry.message.VersionsCodec;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A settled replica at one instant. In a file: blocks of cells, then one that says what it is all about, without which the file
 * is worth nothing:
 *
 * <pre>
 * cells  1 u8, cells
 * end    2 u8, count of all cells varint, stamp of the clock varint, floor stamp varint, seen versions, floors versions,
 *        count varint, (node string) * count
 * </pre>
 *
 * <p>In a journal: blocks of cells, or of cells behind whoever takes part from here on:
 *
 * <pre>
 * who    3 u8, count varint, (node string) * count, cells
 * </pre>
 *
 * @param participants the nodes whose word is needed before a tombstone is collected
 */
public record Snapshot(
        List<Cell> cells, Versions seen, Versions floors, long stamp, long floorStamp, List<NodeId> participants) {
    private static final int CELLS = 1;
    private static final int END = 2;
    private static final int WHO = 3;

    static Snapshot empty() {
        return new Snapshot(List.of(), new Versions(), new Versions(), 0, 0, List.of());
    }

    static Bytes cellsBlock(List<Cell> cells) {
        Encoder out = new Encoder();
        out.writeByte(CELLS);
        CellsCodec.write(cells, out);
        return out.finish();
    }

    /** @param participants null if they are as they were */
    static Bytes journalBlock(List<NodeId> participants, List<Cell> cells) {
        if (participants == null) {
            return cellsBlock(cells);
        }
        Encoder out = new Encoder();
        out.writeByte(WHO);
        writeNodes(participants, out);
        CellsCodec.write(cells, out);
        return out.finish();
    }

    private static void writeNodes(List<NodeId> nodes, Encoder out) {
        out.writeVarLong(nodes.size());
        nodes.forEach(out::writeNode);
    }

    Bytes endBlock() {
        Encoder out = new Encoder();
        out.writeByte(END);
        out.writeVarLong(cells.size());
        out.writeVarLong(stamp);
        out.writeVarLong(floorStamp);
        VersionsCodec.write(seen, out);
        VersionsCodec.write(floors, out);
        writeNodes(participants, out);
        return out.finish();
    }

    /** The snapshot of a file's blocks; null if it is not whole. */
    static Snapshot parse(List<Bytes> blocks) {
        List<Cell> cells = new ArrayList<>();
        try {
            for (Bytes block : blocks) {
                Decoder in = block.decoder();
                if (in.readByte() == CELLS) {
                    cells.addAll(CellsCodec.read(in));
                } else {
                    long count = in.readVarLong();
                    long stamp = in.readVarLong();
                    long floorStamp = in.readVarLong();
                    Versions seen = VersionsCodec.read(in);
                    Versions floors = VersionsCodec.read(in);
                    Snapshot whole = new Snapshot(cells, seen, floors, stamp, floorStamp, readNodes(in));
                    return count == cells.size() ? whole : null;
                }
            }
        } catch (DecodeException e) {
            return null;
        }
        return null;
    }

    private static List<NodeId> readNodes(Decoder in) {
        int count = in.readCount(2);
        List<NodeId> nodes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            nodes.add(in.readNode());
        }
        return nodes;
    }

    /** Adds the cells of a journal's blocks, up to the first that is none, and whoever took part. */
    static void parseJournal(List<Bytes> blocks, List<Cell> cells, Collection<NodeId> participants) {
        for (Bytes block : blocks) {
            try {
                Decoder in = block.decoder();
                int type = in.readByte();
                if (type != CELLS && type != WHO) {
                    return;
                }
                List<NodeId> who = type == WHO ? readNodes(in) : List.of();
                cells.addAll(CellsCodec.read(in));
                participants.addAll(who);
            } catch (DecodeException e) {
                return;
            }
        }
    }
}
