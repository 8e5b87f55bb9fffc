package io.orrery.server.bench.routes;

import io.orrery.broker.route.RouteOwner;
import io.orrery.broker.route.RouteTable;
import io.orrery.kernel.NodeId;
import io.orrery.server.bench.routes.RoutesFigures.Memory;
import java.util.ArrayList;
import java.util.List;

/** What the rows of one node cost another in heap: the route table by itself, and all that joining it takes. */
public final class RouteMemory {
    /** What a node costs without routes is measured with these, and not counted. */
    private static final int FEW_ROWS = 20_000;

    private RouteMemory() {}

    /** One figure for each of the shapes. */
    public static List<Memory> measure(List<RouteShape> shapes, int rows) {
        List<Memory> figures = new ArrayList<>();
        for (RouteShape shape : shapes) {
            figures.add(measure(shape, rows));
        }
        return figures;
    }

    private static Memory measure(RouteShape shape, int rows) {
        double table = (tableBytes(shape, rows) - tableBytes(shape, FEW_ROWS)) / (double) (rows - FEW_ROWS);
        double peer = (peerBytes(shape, rows) - peerBytes(shape, FEW_ROWS)) / (double) (rows - FEW_ROWS);
        return new Memory(shape.name(), rows, textBytes(shape, rows), table, peer - table);
    }

    /** What a peer takes, with all that it is beside its rows. */
    private static long peerBytes(RouteShape shape, int rows) {
        RoutePair pair = new RoutePair();
        pair.add(shape, 0, rows);
        long before = Heap.usedBytes();
        pair.join();
        long used = Heap.usedBytes() - before;
        if (pair.peer().routes().rowCount() != rows) {
            throw new IllegalStateException(
                    "the peer has " + pair.peer().routes().rowCount() + " routes of " + rows);
        }
        return used;
    }

    private static long tableBytes(RouteShape shape, int rows) {
        long before = Heap.usedBytes();
        RouteTable table = new RouteTable(1);
        RouteOwner owner = table.open(NodeId.of("owner"), 1);
        for (int i = 0; i < rows; i++) {
            table.add(owner, shape.filter(i));
        }
        long used = Heap.usedBytes() - before;
        if (table.rowCount() != rows) {
            throw new IllegalStateException("the table has " + table.rowCount() + " rows of " + rows);
        }
        return used;
    }

    private static double textBytes(RouteShape shape, int rows) {
        long bytes = 0;
        for (int i = 0; i < rows; i++) {
            bytes += shape.text(i).length();
        }
        return bytes / (double) rows;
    }
}
