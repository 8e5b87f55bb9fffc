package io.orrery.raft.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Prng;
import io.orrery.kernel.SmallStateMachine;
import io.orrery.kernel.SnapshotReader;
import io.orrery.kernel.SnapshotSink;
import io.orrery.kernel.SnapshotSource;
import io.orrery.kernel.SnapshotWriter;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.raft.session.SessionResult.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionedStateMachineTest {
    private static final SessionConfig CONFIG = new SessionConfig(3, 4, 16, 1_000);

    /** Remembers what it applied; a command's result is its place and itself. */
    private static final class Recorder implements SmallStateMachine {
        private final List<String> applied = new ArrayList<>();

        @Override
        public Bytes apply(long index, long timestampMillis, Bytes command) {
            applied.add(command.utf8());
            return Bytes.ofUtf8(applied.size() + ":" + command.utf8());
        }

        @Override
        public void snapshot(SnapshotWriter out) {
            applied.forEach(each -> out.write(Bytes.ofUtf8(each)));
        }

        @Override
        public void restore(SnapshotReader in) {
            applied.clear();
            while (in.hasNext()) {
                applied.add(in.next().utf8());
            }
        }
    }

    private final Recorder recorder = new Recorder();
    private final SessionedStateMachine machine = new SessionedStateMachine(recorder, CONFIG, mark -> {});
    private long index;
    private long nowMillis;

    private SessionResult apply(SessionedStateMachine on, SessionCommand command) {
        return SessionResult.decode(on.apply(++index, nowMillis, command.encode()));
    }

    private long open() {
        SessionResult result = apply(machine, new SessionCommand.Register());
        assertThat(result.status()).isEqualTo(Status.OPEN);
        return result.value();
    }

    private SessionResult submit(long session, long sequence, long completedBelow, String command) {
        return apply(machine, new SessionCommand.Submit(session, sequence, completedBelow, Bytes.ofUtf8(command)));
    }

    @Test
    void commandProposedAgainGetsItsFirstResultAndHasNoOtherEffect() {
        long session = open();
        assertThat(submit(session, 1, 1, "a").result().utf8()).isEqualTo("1:a");
        assertThat(submit(session, 2, 1, "b").result().utf8()).isEqualTo("2:b");
        assertThat(submit(session, 1, 1, "a").result().utf8()).isEqualTo("1:a");
        assertThat(recorder.applied).containsExactly("a", "b");
        assertThat(machine.counters().answeredAgain()).isEqualTo(1);
    }

    @Test
    void sequencesOfTwoSessionsHaveNothingToDoWithOneAnother() {
        long one = open();
        long other = open();
        assertThat(one).isNotEqualTo(other);
        submit(one, 1, 1, "a");
        assertThat(submit(other, 1, 1, "b").result().utf8()).isEqualTo("2:b");
    }

    @Test
    void commandsComeInAnyOrder() {
        long session = open();
        submit(session, 3, 1, "c");
        submit(session, 1, 1, "a");
        assertThat(submit(session, 3, 1, "c").result().utf8()).isEqualTo("1:c");
        assertThat(submit(session, 2, 1, "b").result().utf8()).isEqualTo("3:b");
        assertThat(submit(session, 1, 1, "a").result().utf8()).isEqualTo("2:a");
    }

    @Test
    void oldProposalOfACompletedCommandHasNoEffect() {
        long session = open();
        submit(session, 1, 1, "a");
        submit(session, 3, 3, "c");
        assertThat(submit(session, 1, 1, "a").status()).isEqualTo(Status.COMPLETED);
        assertThat(submit(session, 2, 1, "given up").status()).isEqualTo(Status.COMPLETED);
        assertThat(recorder.applied).containsExactly("a", "c");
    }

    @Test
    void commandOfAnExpiredSessionIsToldSoAndNeverApplied() {
        long session = open();
        submit(session, 1, 1, "a");
        nowMillis += CONFIG.timeoutMillis() + 1;
        assertThat(submit(session, 1, 1, "a").status()).isEqualTo(Status.EXPIRED);
        assertThat(submit(session, 2, 1, "b").status()).isEqualTo(Status.EXPIRED);
        assertThat(apply(machine, new SessionCommand.KeepAlive(session)).status())
                .isEqualTo(Status.EXPIRED);
        assertThat(recorder.applied).containsExactly("a");
        assertThat(machine.sessionCount()).isZero();
    }

    @Test
    void sessionThatIsKeptAliveDoesNotExpire() {
        long session = open();
        for (int i = 0; i < 5; i++) {
            nowMillis += CONFIG.timeoutMillis();
            assertThat(apply(machine, new SessionCommand.KeepAlive(session)).status())
                    .isEqualTo(Status.OPEN);
        }
        nowMillis += CONFIG.timeoutMillis();
        assertThat(submit(session, 1, 1, "a").isApplied()).isTrue();
    }

    @Test
    void sessionsBeyondTheLimitAreRefusedUntilOneEnds() {
        long first = open();
        open();
        open();
        assertThat(apply(machine, new SessionCommand.Register()).status()).isEqualTo(Status.REFUSED);
        assertThat(apply(machine, new SessionCommand.Close(first)).status()).isEqualTo(Status.CLOSED);
        assertThat(submit(first, 1, 1, "a").status()).isEqualTo(Status.EXPIRED);
        open();
    }

    @Test
    void commandBeyondWhatASessionHoldsIsRefusedWithoutEffectAndLaterTaken() {
        long session = open();
        for (int i = 1; i <= 4; i++) {
            assertThat(submit(session, i, 1, "c" + i).isApplied()).isTrue();
        }
        assertThat(submit(session, 5, 1, "c5").status()).isEqualTo(Status.REFUSED);
        assertThat(recorder.applied).hasSize(4);
        assertThat(submit(session, 5, 2, "c5").isApplied()).isTrue();
    }

    @Test
    void resultThatIsTooLongIsGivenOnceAndThenOnlyThatTheCommandTookEffect() {
        long session = open();
        String command = "a command of more than sixteen bytes";
        assertThat(submit(session, 1, 1, command).result().utf8()).isEqualTo("1:" + command);
        assertThat(submit(session, 1, 1, command).status()).isEqualTo(Status.APPLIED_RESULT_LOST);
        assertThat(recorder.applied).hasSize(1);
    }

    @Test
    void whatIsNoCommandHasNoEffect() {
        assertThat(SessionResult.decode(machine.apply(1, 0, Bytes.EMPTY)).status())
                .isEqualTo(Status.MALFORMED);
        assertThat(SessionResult.decode(machine.apply(2, 0, Bytes.ofUtf8("nonsense")))
                        .status())
                .isEqualTo(Status.MALFORMED);
        assertThat(recorder.applied).isEmpty();
    }

    @Test
    void plainCommandIsAppliedEachTime() {
        for (int i = 0; i < 2; i++) {
            apply(machine, new SessionCommand.Plain(Bytes.ofUtf8("p")));
        }
        assertThat(recorder.applied).containsExactly("p", "p");
    }

    @Test
    void snapshotHoldsSessionsAndResults() {
        long session = open();
        submit(session, 1, 1, "a");
        submit(session, 2, 1, "a command whose result is too long");
        Recorder copied = new Recorder();
        SessionedStateMachine copy = new SessionedStateMachine(copied, CONFIG, mark -> {});
        copy(machine, copy);
        SessionCommand again = new SessionCommand.Submit(session, 1, 1, Bytes.ofUtf8("a"));
        assertThat(apply(copy, again).result().utf8()).isEqualTo("1:a");
        SessionCommand second = new SessionCommand.Submit(session, 2, 1, Bytes.ofUtf8("again"));
        assertThat(apply(copy, second).status()).isEqualTo(Status.APPLIED_RESULT_LOST);
        assertThat(copied.applied).isEqualTo(recorder.applied);
        nowMillis += CONFIG.timeoutMillis() + 1;
        assertThat(apply(copy, again).status()).isEqualTo(Status.EXPIRED);
    }

    private static void copy(SessionedStateMachine from, SessionedStateMachine to) {
        SnapshotSink sink = to.restore();
        from.snapshot().drainTo(sink::take);
        sink.complete();
    }

    @Test
    void snapshotIsOfTheMomentItWasTakenAndTheSameHoweverItIsWritten() {
        long session = open();
        submit(session, 1, 1, "a");
        String whole = hex(machine.snapshot(), 1 << 20);
        SnapshotSource source = machine.snapshot();
        StringBuilder pieces = new StringBuilder();
        boolean isMore = source.writeNext(piece -> append(pieces, piece), 1);
        submit(session, 2, 2, "b");
        open();
        while (isMore) {
            isMore = source.writeNext(piece -> append(pieces, piece), 1);
        }
        source.close();
        // The recorder is a small machine: its part is taken when the source is opened.
        assertThat(pieces.toString()).isEqualTo(whole);
    }

    private static String hex(SnapshotSource source, int bytesMax) {
        StringBuilder pieces = new StringBuilder();
        boolean isMore = true;
        while (isMore) {
            isMore = source.writeNext(piece -> append(pieces, piece), bytesMax);
        }
        source.close();
        return pieces.toString();
    }

    private static void append(StringBuilder pieces, Bytes piece) {
        pieces.append(HexFormat.of().formatHex(piece.toByteArray())).append('\n');
    }

    @Test
    void incompleteSnapshotIsRefusedAndChangesNothing() {
        long session = open();
        List<Bytes> pieces = new ArrayList<>();
        machine.snapshot().drainTo(piece -> pieces.add(piece.compact()));
        assertThatThrownBy(() -> machine.restore().complete()).isInstanceOf(DecodeException.class);
        SnapshotSink sink = machine.restore();
        Bytes cut = pieces.get(0).slice(0, pieces.get(0).length() - 1);
        assertThatThrownBy(() -> sink.take(cut)).isInstanceOf(DecodeException.class);
        assertThat(submit(session, 1, 1, "a").isApplied()).isTrue();
    }

    /** The bytes are in logs: a later version must read them. */
    @Test
    void bytesOfCommandsAndResultsAreFixed() {
        Bytes command = Bytes.ofUtf8("x");
        assertBytes("000178", new SessionCommand.Plain(command).encode());
        assertBytes("01", new SessionCommand.Register().encode());
        assertBytes("02ac0207050178", new SessionCommand.Submit(300, 7, 5, command).encode());
        assertBytes("03ac02", new SessionCommand.KeepAlive(300).encode());
        assertBytes("04ac02", new SessionCommand.Close(300).encode());
        assertBytes("00000178", SessionResult.applied(command).encode());
        assertBytes("02ac0200", SessionResult.open(300).encode());
        for (Status status : Status.values()) {
            assertThat(SessionResult.decode(SessionResult.of(status).encode()).status())
                    .isEqualTo(status);
        }
    }

    private static void assertBytes(String hex, Bytes bytes) {
        assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(hex);
    }

    /** Random proposals, repeated, delayed and dropped, against a model that remembers everything. */
    @Test
    void noCommandIsEverAppliedTwiceWhateverIsProposedAgain() {
        Prng prng = new Prng(1);
        SessionConfig wide = new SessionConfig(100, 8, 100, 1_000_000);
        Recorder wideRecorder = new Recorder();
        SessionedStateMachine wideMachine = new SessionedStateMachine(wideRecorder, wide, mark -> {});
        List<SessionCommand.Submit> proposed = new ArrayList<>();
        TreeMap<String, String> firstResults = new TreeMap<>();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(apply(wideMachine, new SessionCommand.Register()).value());
        }
        long[] next = {1, 1, 1, 1, 1};
        for (int i = 0; i < 20_000; i++) {
            SessionCommand.Submit submit;
            if (proposed.isEmpty() || prng.chance(500_000)) {
                int which = prng.below(5);
                long sequence = next[which]++;
                Bytes command = Bytes.ofUtf8(ids.get(which) + "/" + sequence);
                submit = new SessionCommand.Submit(
                        ids.get(which), sequence, Math.max(1, sequence - prng.below(8)), command);
                proposed.add(submit);
            } else {
                submit = proposed.get(Math.max(0, proposed.size() - 1 - prng.below(40)));
            }
            SessionResult result = apply(wideMachine, submit);
            if (result.status() == Status.APPLIED) {
                String first = firstResults.putIfAbsent(
                        submit.command().utf8(), result.result().utf8());
                assertThat(first == null || first.equals(result.result().utf8()))
                        .isTrue();
            }
        }
        assertThat(wideRecorder.applied).doesNotHaveDuplicates().hasSizeGreaterThan(5_000);
        assertThat(wideMachine.counters().answeredAgain()).isGreaterThan(1_000);
    }
}
