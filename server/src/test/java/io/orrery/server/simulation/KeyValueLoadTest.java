package io.orrery.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal.Outcome;
import io.orrery.server.simulation.KeyValueCommand.Kind;
import io.orrery.sim.Simulation;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oracle of the raft workload, with stores that are right, and wrong in one way each. */
class KeyValueLoadTest {
    private static final NodeId TARGET = NodeId.of("n1");

    private final KeyValueMachine machine = new KeyValueMachine();
    private final Prng prng = new Prng(7);
    private long index;

    private Bytes apply(KeyValueMachine to, Bytes command) {
        return to.apply(++index, 0, command);
    }

    private KeyValueLoad run(KeyValueLoad.Store store, long operations) {
        KeyValueLoad load = new KeyValueLoad(new Simulation(1), store);
        for (long number = 0; number < operations; number++) {
            load.operate(number, new Prng(number), TARGET);
        }
        return load;
    }

    @Test
    void aStoreThatIsRightIsAccepted() {
        KeyValueLoad load =
                run((target, command, done) -> done.onOutcome(Outcome.committed(1, apply(machine, command))), 2_000);
        assertThatCode(() -> load.finish(List.of(machine))).doesNotThrowAnyException();
        assertThat(load.acknowledged()).hasSize(2_000);
    }

    /** Of each ten operations one is never answered, one refused, one answered UNKNOWN and done, done later, or not done. */
    @Test
    void operationsOfUnknownEndMayHaveBeenDoneAtAnyTimeOrNever() {
        ArrayDeque<Bytes> late = new ArrayDeque<>();
        KeyValueLoad load = run(
                (target, command, done) -> {
                    switch (prng.below(10)) {
                        case 0 -> late.add(command);
                        case 1 -> done.onOutcome(Outcome.notLeader(null));
                        case 2 -> {
                            if (prng.chance(300_000)) {
                                apply(machine, command);
                            } else if (prng.chance(500_000)) {
                                late.add(command);
                            }
                            done.onOutcome(Outcome.unknown());
                        }
                        default -> done.onOutcome(Outcome.committed(1, apply(machine, command)));
                    }
                    if (!late.isEmpty() && prng.chance(50_000)) {
                        apply(machine, late.poll());
                    }
                },
                3_000);
        assertThatCode(() -> load.finish(List.of(machine))).doesNotThrowAnyException();
    }

    @Test
    void aStaleReadIsRejected() {
        KeyValueMachine lagging = new KeyValueMachine();
        KeyValueLoad load = run(
                (target, command, done) -> {
                    boolean isGet = KeyValueCommand.decode(command).kind() == Kind.GET;
                    Bytes fresh = apply(machine, command);
                    Bytes stale = Bytes.ofUtf8(
                            lagging.value(KeyValueCommand.decode(command).key()));
                    if (index % 5 == 0) {
                        lagging.apply(index, 0, command);
                    }
                    done.onOutcome(Outcome.committed(1, isGet && prng.chance(20_000) ? stale : fresh));
                },
                500);
        rejects(load, "K1");
    }

    @Test
    void aLostUpdateIsRejected() {
        KeyValueLoad load = run(
                (target, command, done) -> {
                    KeyValueCommand decoded = KeyValueCommand.decode(command);
                    boolean loses = decoded.number() == 200;
                    Bytes found = loses ? Bytes.ofUtf8(machine.value(decoded.key())) : apply(machine, command);
                    done.onOutcome(Outcome.committed(1, found));
                },
                400);
        rejects(load, "K2: an acknowledged command is lost [200]");
    }

    @Test
    void aCommandAppliedTwiceIsRejected() {
        KeyValueLoad load = run(
                (target, command, done) -> {
                    Bytes found = apply(machine, command);
                    if (KeyValueCommand.decode(command).number() == 100) {
                        apply(machine, command);
                    }
                    done.onOutcome(Outcome.committed(1, found));
                },
                300);
        rejects(load, "K2: a command is applied twice");
    }

    @Test
    void aRefusedOperationThatTookEffectIsRejected() {
        KeyValueLoad load = run(
                (target, command, done) -> {
                    Bytes found = apply(machine, command);
                    KeyValueCommand decoded = KeyValueCommand.decode(command);
                    boolean refuses = decoded.kind() == Kind.APPEND && decoded.number() > 100 && prng.chance(50_000);
                    done.onOutcome(refuses ? Outcome.overloaded() : Outcome.committed(1, found));
                },
                300);
        rejects(load, "K1");
    }

    @Test
    void replicasThatEndDifferentlyAreRejected() {
        KeyValueMachine other = new KeyValueMachine();
        KeyValueLoad load = run(
                (target, command, done) -> {
                    apply(machine, command);
                    other.apply(index, 0, command);
                    done.onOutcome(Outcome.unknown());
                },
                20);
        apply(machine, new KeyValueCommand(99, Kind.PUT, "a", "x", "").encode());
        assertThatThrownBy(() -> load.finish(List.of(machine, other))).hasMessageContaining("K3");
        assertThat(machine.digest()).isNotEqualTo(other.digest());
    }

    /** Gets leave no value behind: all the same a replica that left one out is in another state. */
    @Test
    void theDigestKnowsWhichCommandsWereAppliedInWhichOrder() {
        KeyValueMachine other = new KeyValueMachine();
        Bytes one = new KeyValueCommand(1, Kind.GET, "a", "", "").encode();
        Bytes two = new KeyValueCommand(2, Kind.GET, "b", "", "").encode();
        apply(machine, one);
        apply(machine, two);
        apply(other, two);
        assertThat(machine.digest()).isNotEqualTo(other.digest());
        apply(other, one);
        assertThat(machine.digest()).isNotEqualTo(other.digest());
    }

    /** A replica whose own clock is asked, and not the leader's stamp, is in another state. */
    @Test
    void theDigestKnowsTheStampsOfCommands() {
        KeyValueMachine other = new KeyValueMachine();
        Bytes one = new KeyValueCommand(1, Kind.PUT, "a", "v", "").encode();
        machine.apply(1, 1_000, one);
        other.apply(1, 1_001, one);
        assertThat(machine.digest()).isNotEqualTo(other.digest());
    }

    private void rejects(KeyValueLoad load, String claim) {
        assertThatThrownBy(() -> load.finish(List.of(machine)))
                .isInstanceOf(Check.Violation.class)
                .hasMessageContaining(claim);
    }
}
