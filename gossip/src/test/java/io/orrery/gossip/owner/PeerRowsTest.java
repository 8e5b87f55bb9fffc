package io.orrery.gossip.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.gossip.owner.PeerRows.Outcome;
import io.orrery.gossip.owner.message.Operation;
import io.orrery.gossip.owner.message.OwnerDigest;
import io.orrery.gossip.owner.message.OwnerMessage;
import io.orrery.gossip.owner.message.OwnerMessage.Batch;
import io.orrery.gossip.owner.message.OwnerMessage.Chunk;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeerRowsTest {
    private static final NodeId OWNER = NodeId.of("o");
    private static final OwnerLogConfig SMALL =
            new OwnerLogConfig(Time.millis(1), 3, 20, 4, 1000, 20, Time.seconds(1), Time.seconds(1), 4);

    /** A mirror of the callbacks. */
    private static final class Mirror implements OwnerLogListener {
        private final TreeSet<Bytes> rows = new TreeSet<>();

        @Override
        public void onAdded(NodeId owner, Bytes row) {
            assertThat(rows.add(row)).isTrue();
        }

        @Override
        public void onRemoved(NodeId owner, Bytes row) {
            assertThat(rows.remove(row)).isTrue();
        }

        @Override
        public void onCleared(NodeId owner) {
            rows.clear();
        }
    }

    private final Mirror mirror = new Mirror();
    private final PeerRows held = peer(mirror);
    /** In the order of chunks. */
    private static final List<Bytes> ROWS = IntStream.range(0, 30)
            .mapToObj(i -> Bytes.ofUtf8("r" + i))
            .sorted(RowHash::compare)
            .toList();

    private static PeerRows peer(Mirror mirror) {
        return new PeerRows(OWNER, 1, new ListenedStore(mirror).open(OWNER, 1), SMALL);
    }

    private static Bytes row(int i) {
        return ROWS.get(i);
    }

    /** The digest of these rows. */
    private static OwnerDigest all(long sequence, int... rows) {
        long hash = 0;
        for (int i : rows) {
            hash ^= RowHash.of(row(i));
        }
        return new OwnerDigest(OWNER, 1, sequence, rows.length, hash);
    }

    private static Batch batch(long first, Operation... operations) {
        return new Batch("c", OWNER, 1, first, first + operations.length - 1, List.of(operations));
    }

    private static Operation added(int i) {
        return new Operation(true, row(i));
    }

    private static Chunk chunk(long sequence, Bytes from, Bytes to, Bytes... rows) {
        return chunk(all(sequence), from, to, rows);
    }

    private static Chunk chunk(OwnerDigest digest, Bytes from, Bytes to, Bytes... rows) {
        return new Chunk("c", digest, from, to, List.of(rows));
    }

    @Test
    void batchesApplyInOrderOnceAndWithoutGaps() {
        assertThat(held.apply(batch(2, added(2)))).isEqualTo(Outcome.GAP);
        assertThat(held.apply(batch(1, added(1), added(2)))).isEqualTo(Outcome.APPLIED);
        assertThat(held.apply(batch(1, added(1), added(2)))).isEqualTo(Outcome.OLD);
        assertThat(held.apply(batch(2, added(2), new Operation(false, row(1))))).isEqualTo(Outcome.APPLIED);
        assertThat(held.sequence()).isEqualTo(3);
        assertThat(mirror.rows).containsExactly(row(2));
    }

    @Test
    void chunkContinuesOnlyAtTheVerySequenceAndCursor() {
        assertThat(held.apply(chunk(9, null, row(3), row(1), row(3)))).isEqualTo(Outcome.APPLIED);
        assertThat(held.apply(chunk(10, row(3), null, row(4)))).isEqualTo(Outcome.GAP);
        assertThat(held.apply(chunk(8, row(3), null, row(4)))).isEqualTo(Outcome.OLD);
        assertThat(held.apply(chunk(9, row(2), null, row(4)))).isEqualTo(Outcome.GAP);
        assertThat(held.isComplete()).isFalse();
        assertThat(held.apply(chunk(all(9, 1, 3, 4), row(3), null, row(4)))).isEqualTo(Outcome.APPLIED);
        assertThat(held.isComplete()).isTrue();
        assertThat(held.apply(chunk(9, row(3), null, row(4)))).isEqualTo(Outcome.GAP);
        assertThat(held.apply(chunk(9, null, null, row(4)))).isEqualTo(Outcome.OLD);
        assertThat(mirror.rows).containsExactlyInAnyOrder(row(1), row(3), row(4));
    }

    @Test
    void chunkReplacesWhatWasHeldInItsRangeAndOnlyThat() {
        held.apply(batch(1, added(1), added(2), added(5), added(7)));
        assertThat(held.apply(chunk(9, null, row(5), row(2), row(4)))).isEqualTo(Outcome.APPLIED);
        assertThat(mirror.rows).containsExactlyInAnyOrder(row(2), row(4), row(7));
    }

    @Test
    void distrustedRowsAreReplacedFromTheBeginning() {
        held.apply(batch(1, added(1), added(2)));
        held.distrust();
        assertThat(held.isComplete()).isFalse();
        assertThat(held.apply(chunk(all(2, 2), null, null, row(2)))).isEqualTo(Outcome.APPLIED);
        assertThat(mirror.rows).containsExactly(row(2));
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        assertThat(held.apply(chunk(5, null, null, row(2), row(1)))).isEqualTo(Outcome.NONSENSE);
        assertThat(held.apply(chunk(5, null, null, row(1), row(1)))).isEqualTo(Outcome.NONSENSE);
        assertThat(held.apply(chunk(5, null, row(1), row(1), row(2)))).isEqualTo(Outcome.NONSENSE);
        assertThat(mirror.rows).isEmpty();
        assertThat(held.sequence()).isZero();
    }

    @Test
    void snapshotThatIsNotWhatItsSenderSaysToHaveIsGivenUp() {
        assertThat(held.apply(chunk(all(5, 1, 2, 3), null, null, row(1), row(2))))
                .isEqualTo(Outcome.MISMATCH);
        assertThat(held.isComplete()).isFalse();
        assertThat(held.sequence()).isZero();
        assertThat(held.apply(chunk(all(5, 1, 2, 3), null, null, row(1), row(2), row(3))))
                .isEqualTo(Outcome.APPLIED);
        assertThat(mirror.rows).containsExactlyInAnyOrder(row(1), row(2), row(3));
    }

    @Test
    void rowsAsideGoOnChangingAndComeBackAsTheyAreThen() {
        held.apply(batch(1, added(1), added(2)));
        held.setAside(5);
        assertThat(mirror.rows).isEmpty();
        held.apply(batch(3, added(3), new Operation(false, row(1))));
        assertThat(mirror.rows).isEmpty();
        held.restore();
        assertThat(mirror.rows).containsExactlyInAnyOrder(row(2), row(3));
    }

    @Test
    void whatWasAppliedIsRememberedForOthers() {
        held.apply(batch(1, added(1), added(2), added(3)));
        assertThat(held.log().remembers(1)).isTrue();
        assertThat(held.log().after(1, 10, 1000)).containsExactly(added(2), added(3));
        held.apply(chunk(all(9, 1, 2), null, null, row(1), row(2)));
        assertThat(held.log().remembers(8)).isFalse();
    }

    /** Whatever is lost, repeated or overtaken: who is complete at a sequence has the owner's rows of that sequence. */
    @Test
    void whoIsCompleteHasTheRowsOfHisSequence() {
        int chunksApplied = 0;
        for (long seed = 1; seed <= 300; seed++) {
            Prng prng = new Prng(seed);
            Mirror rows = new Mirror();
            PeerRows peer = peer(rows);
            OwnRows own = new OwnRows(SMALL, new ListenedStore(OwnerLogListener.NONE).open(OWNER, 0));
            List<TreeSet<Bytes>> history = new ArrayList<>(List.of(new TreeSet<>()));
            List<OwnerMessage> wire = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                write(own, prng, history);
                say(own, peer, prng, wire);
                chunksApplied += hear(peer, prng, wire);
                peer.checkInvariants();
                assertThat(rows.rows).isEqualTo(peer.rows().sorted());
                peer.rows().checkAll();
                if (peer.isComplete()) {
                    assertThat(rows.rows).as("seed " + seed).isEqualTo(history.get((int) peer.sequence()));
                }
            }
        }
        assertThat(chunksApplied).isGreaterThan(1000);
    }

    private static void write(OwnRows own, Prng prng, List<TreeSet<Bytes>> history) {
        for (int i = prng.below(3); i > 0; i--) {
            Bytes row = row(prng.below(30));
            boolean changed = prng.chance(600_000) ? own.add(row) : own.remove(row);
            if (changed) {
                history.add(new TreeSet<>(own.rows().sorted()));
            }
        }
    }

    /** Puts on the wire what the peer misses, or a chunk that it may or may not want. */
    private static void say(OwnRows own, PeerRows peer, Prng prng, List<OwnerMessage> wire) {
        OperationLog log = own.log();
        if (log.remembers(peer.sequence()) && peer.sequence() < own.sequence()) {
            List<Operation> missed = log.after(peer.sequence(), 3, 20);
            wire.add(new Batch("c", OWNER, 1, peer.sequence() + 1, own.sequence(), missed));
        }
        if (!log.remembers(peer.sequence()) || !peer.isComplete()) {
            Bytes from = log.remembers(peer.sequence()) && prng.chance(900_000) ? peer.cursor() : null;
            from = from != null && from.isEmpty() ? null : from;
            List<Bytes> rows = new ArrayList<>();
            boolean ends = own.rows().chunk(from, 20, rows);
            Bytes last = ends ? null : rows.get(rows.size() - 1);
            Rows held = own.rows();
            OwnerDigest digest = new OwnerDigest(OWNER, 1, own.sequence(), held.count(), held.hash());
            wire.add(new Chunk("c", digest, from, last, rows));
        }
    }

    private static int hear(PeerRows peer, Prng prng, List<OwnerMessage> wire) {
        int chunksApplied = 0;
        for (int i = prng.below(4); i > 0 && !wire.isEmpty(); i--) {
            boolean repeated = prng.chance(200_000);
            int at = prng.below(wire.size());
            OwnerMessage message = repeated ? wire.get(at) : wire.remove(at);
            if (prng.chance(800_000)) {
                if (message instanceof Batch batch) {
                    peer.apply(batch);
                } else if (peer.apply((Chunk) message) == Outcome.APPLIED) {
                    chunksApplied++;
                }
            }
        }
        return chunksApplied;
    }
}
