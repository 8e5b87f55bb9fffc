package io.orrery.gossip.registry.message;

import io.orrery.gossip.registry.cell.Cell;
import io.orrery.gossip.registry.cell.Origin;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The bytes of a list of cells, on the wire and on disk. Its few origins come first and are named by their number:
 *
 * <pre>
 * origins varint, (node string, life varint) * origins,
 * count varint, (origin varint, sequence varint, epoch varint, stamp varint, deleted u8, key length varint, value length
 * varint, key, value) * count
 * </pre>
 */
public final class CellsCodec {
    private static final int CELL_BYTES_MIN = 8;

    private CellsCodec() {}

    public static void write(List<Cell> cells, Encoder out) {
        TreeMap<Origin, Integer> numbers = new TreeMap<>();
        List<Origin> origins = new ArrayList<>();
        for (Cell cell : cells) {
            if (!numbers.containsKey(cell.origin())) {
                numbers.put(cell.origin(), origins.size());
                origins.add(cell.origin());
            }
        }
        out.writeVarLong(origins.size());
        origins.forEach(origin -> VersionsCodec.writeOrigin(origin, out));
        out.writeVarLong(cells.size());
        for (Cell cell : cells) {
            out.writeVarLong(numbers.get(cell.origin()));
            cell.encode(out);
        }
    }

    public static List<Cell> read(Decoder in) {
        List<Origin> origins = new ArrayList<>();
        for (int left = in.readCount(3); left > 0; left--) {
            origins.add(VersionsCodec.readOrigin(in));
        }
        int count = in.readCount(CELL_BYTES_MIN);
        List<Cell> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long number = in.readVarLong();
            if (number < 0 || number >= origins.size()) {
                throw new DecodeException("an origin that is not named");
            }
            cells.add(Cell.decode(origins.get((int) number), in));
        }
        return cells;
    }
}
