package io.orrery.raft.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFormatTest {
    private static final SnapshotId ID = new SnapshotId(300, 7, 1_000, 256, 99);

    @Test
    void piecesOfAnySizeComeBackFromSlicesOfOneLength() {
        for (long seed = 0; seed < 300; seed++) {
            Prng prng = new Prng(seed);
            int sliceBytes = 64 + prng.below(200);
            SlicePacker packer = new SlicePacker(sliceBytes);
            List<Bytes> pieces = new ArrayList<>();
            List<Bytes> slices = new ArrayList<>();
            for (int i = prng.below(30); i >= 0; i--) {
                byte[] piece = new byte[prng.below(prng.chance(200_000) ? 1_000 : 20)];
                fill(piece, prng);
                pieces.add(Bytes.wrap(piece));
                packer.write(Bytes.wrap(piece));
                while (packer.hasFullSlice()) {
                    slices.add(packer.take());
                }
            }
            while (packer.gatheredBytes() > 0) {
                slices.add(packer.take());
            }
            assertThat(slices.subList(0, slices.size() - 1)).allMatch(slice -> slice.length() == sliceBytes);
            List<Bytes> unpacked = new ArrayList<>();
            PieceUnpacker unpacker = new PieceUnpacker(unpacked::add);
            slices.forEach(unpacker::take);
            unpacker.end();
            assertThat(unpacked).as("seed " + seed).isEqualTo(pieces);
        }
    }

    @Test
    void aStreamThatIsCutOffOrHoldsNoPiecesIsRefused() {
        PieceUnpacker cut = new PieceUnpacker(piece -> {});
        cut.take(Bytes.wrap(new byte[] {9, 0, 0, 0, 1, 2}));
        assertThatThrownBy(cut::end).isInstanceOf(DecodeException.class);
        PieceUnpacker absurd = new PieceUnpacker(piece -> {});
        assertThatThrownBy(() -> absurd.take(Bytes.wrap(new byte[] {-1, -1, -1, -1})))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void everyFlippedBitOfASliceIsNoticedAndSoIsAnotherPlace() {
        Bytes payload = Bytes.ofUtf8("some state");
        Bytes framed = SnapshotFormat.framed(payload, 1, 300, 4);
        assertThat(SnapshotFormat.payload(framed, payload.length(), 1, 300, 4)).isEqualTo(payload);
        assertThat(SnapshotFormat.payload(framed, payload.length(), 1, 300, 5)).isNull();
        assertThat(SnapshotFormat.payload(framed, payload.length(), 1, 301, 4)).isNull();
        assertThat(SnapshotFormat.payload(framed, payload.length(), 2, 300, 4)).isNull();
        for (int bit = 0; bit < framed.length() * 8; bit++) {
            Bytes flipped = flipped(framed, bit);
            assertThat(SnapshotFormat.payload(flipped, payload.length(), 1, 300, 4))
                    .isNull();
        }
    }

    @Test
    void everyFlippedBitOfHeaderAndFooterIsNoticed() {
        Bytes header = SnapshotFormat.header(1, 300, 7, 256);
        Bytes footer = SnapshotFormat.footer(ID);
        long length = SnapshotFormat.footerOffset(ID) + footer.length();
        assertThat(SnapshotFormat.sliceBytes(header, 1, 300, 7)).isEqualTo(256);
        assertThat(SnapshotFormat.sliceBytes(header, 1, 300, 8)).isEqualTo(-1);
        assertThat(SnapshotFormat.id(footer, 300, 7, 256, length)).isEqualTo(ID);
        assertThat(SnapshotFormat.id(footer, 300, 7, 256, length - 1)).isNull();
        for (int bit = 0; bit < header.length() * 8; bit++) {
            assertThat(SnapshotFormat.sliceBytes(flipped(header, bit), 1, 300, 7))
                    .isNegative();
        }
        for (int bit = 0; bit < footer.length() * 8; bit++) {
            assertThat(SnapshotFormat.id(flipped(footer, bit), 300, 7, 256, length))
                    .isNull();
        }
    }

    @Test
    void namesSortByIndexAndOnlyCompleteFilesCount() {
        assertThat(SnapshotName.complete(9, 1)).isLessThan(SnapshotName.complete(10, 1));
        assertThat(SnapshotName.isComplete(SnapshotName.complete(10, 3))).isTrue();
        assertThat(SnapshotName.index(SnapshotName.complete(10, 3))).isEqualTo(10);
        assertThat(SnapshotName.term(SnapshotName.complete(10, 3))).isEqualTo(3);
        assertThat(SnapshotName.isComplete(SnapshotName.taking(10, 3))).isFalse();
        assertThat(SnapshotName.isComplete(SnapshotName.installing(ID))).isFalse();
        assertThat(SnapshotName.isComplete("snapshot-1-2")).isFalse();
    }

    @Test
    void whatASnapshotSaysOfItselfComesBack() {
        SnapshotMeta meta = new SnapshotMeta(
                300, 7, 1_700_000_000_000L, -5, 12_345, 299, Configuration.ofVoters(List.of(NodeId.of("n1"))));
        assertThat(SnapshotMeta.decode(meta.encode())).isEqualTo(meta);
    }

    @Test
    void snapshotsAreDueWhereAnIntervalIsPassedWhateverCameBefore() {
        SnapshotConfig config = new SnapshotConfig(10, 100, 0, 64, 1, 0, 0);
        assertThat(config.isDue(20, 5, 6)).isTrue();
        assertThat(config.isDue(21, 5, 6)).isFalse();
        assertThat(config.isDue(21, 95, 105)).isTrue();
        assertThat(config.off().isDue(20, 95, 105)).isFalse();
    }

    private static void fill(byte[] piece, Prng prng) {
        for (int i = 0; i < piece.length; i++) {
            piece[i] = (byte) prng.nextLong();
        }
    }

    private static Bytes flipped(Bytes bytes, int bit) {
        byte[] copy = bytes.toByteArray();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(copy);
    }
}
