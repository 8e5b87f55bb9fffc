package io.orrery.gossip.registry.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CellTableTest {
    private static final Origin ORIGIN = new Origin(NodeId.of("n1"), 1);

    private final CellTable table = new CellTable();
    private int next;

    /** Looked at after each change while buckets become two, over six doublings: by key, in order, and piece by piece. */
    @Test
    void whatIsHeldIsFoundWhereverASplitHasCome() {
        TreeSet<String> held = new TreeSet<>();
        for (int i = 0; i < 12_000; i++) {
            Cell cell = cell(i);
            table.put(cell);
            held.add(cell.key().toString());
            assertThat(table.find(cell.key())).isSameAs(cell);
            if (i % 5 == 0) {
                Cell gone = cell(i / 2);
                if (held.remove(gone.key().toString())) {
                    table.remove(table.find(gone.key()));
                }
            }
            assertThat(table.size()).isEqualTo(held.size());
            if (i % 97 == 0) {
                expectAll(held);
            }
        }
    }

    /** As a pull does: what it has told up to a bucket's end stays behind that, whatever splits meanwhile. */
    @Test
    void aWalkByBucketsTellsEachCellOnceThoughTheTableGrows() {
        for (int i = 0; i < 1000; i++) {
            table.put(cell(next++));
        }
        TreeSet<String> before = new TreeSet<>();
        table.forEach(cell -> before.add(cell.key().toString()));
        List<String> told = new ArrayList<>();
        long at = 0;
        while (at < CellTable.HASH_END) {
            long end = table.bucketEnd(at);
            assertThat(end).isGreaterThan(at);
            table.forEach(at, end, cell -> told.add(cell.key().toString()));
            at = end;
            for (int i = 0; i < 20; i++) {
                table.put(cell(next++));
            }
        }
        assertThat(at).isEqualTo(CellTable.HASH_END);
        assertThat(told).doesNotHaveDuplicates().containsAll(before);
    }

    private void expectAll(TreeSet<String> held) {
        List<Cell> all = new ArrayList<>();
        table.forEach(all::add);
        assertThat(all).hasSize(held.size());
        for (int i = 1; i < all.size(); i++) {
            Cell cell = all.get(i);
            assertThat(all.get(i - 1).compareKey(cell.keyHash(), cell.key())).isNegative();
        }
        for (Cell cell : all) {
            assertThat(held).contains(cell.key().toString());
        }
    }

    private static Cell cell(int number) {
        Bytes key = Keys.of(Kind.CLIENT, "client" + number);
        return new Cell(key, Bytes.ofUtf8("v"), 1, 2, false, ORIGIN, 1 + number);
    }
}
