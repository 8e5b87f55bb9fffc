package io.orrery.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TimerTest {
    private final Simulation sim = new Simulation(1);
    private final NodeId n1 = sim.addNode("n1", Alarms::new);

    private Alarms alarms() {
        return sim.protocol(n1, Alarms.class);
    }

    private void set(Consumer<Alarms> task) {
        sim.onNode(n1, () -> task.accept(alarms()));
    }

    @Test
    void timersDueTogetherFireInTheOrderArmed() {
        set(alarms -> {
            Timer a = alarms.timer("a");
            Timer b = alarms.timer("b");
            Timer c = alarms.timer("c");
            c.restart(Time.millis(5));
            a.restart(Time.millis(5));
            b.restart(Time.millis(5));
            c.restart(Time.millis(5));
        });
        sim.runFor(Time.millis(10));
        assertEquals(List.of("a", "b", "c"), alarms().names());
    }

    @Test
    void timerPutOffFiresOnceAtItsLastDeadline() {
        List<Timer> timer = new ArrayList<>();
        set(alarms -> {
            timer.add(alarms.timer("a"));
            timer.get(0).restart(Time.millis(5));
        });
        long start = sim.clockNanos(n1);
        for (int i = 0; i < 4; i++) {
            sim.runFor(Time.millis(4));
            set(alarms -> timer.get(0).restart(Time.millis(5)));
        }
        assertEquals(List.of(), alarms().rings);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(new Alarms.Ring("a", start + Time.millis(21))), alarms().rings);
    }

    @Test
    void earlierRestartWins() {
        List<Timer> timer = new ArrayList<>();
        set(alarms -> {
            timer.add(alarms.timer("a"));
            timer.get(0).restart(Time.millis(50));
            timer.get(0).restart(Time.millis(5));
        });
        long start = sim.clockNanos(n1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(new Alarms.Ring("a", start + Time.millis(5))), alarms().rings);
    }

    @Test
    void cancelledTimerDoesNotFireEvenIfDue() {
        set(alarms -> {
            Timer victim = alarms.timer("victim");
            Timer killer = alarms.kernel.timer("killer", victim::cancel);
            killer.restart(Time.millis(5));
            victim.restart(Time.millis(5));
        });
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(), alarms().rings);
    }

    @Test
    void timersOfADeadIncarnationDoNotFire() {
        set(alarms -> alarms.timer("a").restart(Time.millis(5)));
        Alarms dead = alarms();
        sim.crash(n1);
        sim.restart(n1);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of(), dead.rings);
        assertEquals(List.of(), alarms().rings);
    }

    @Test
    void fastClockRingsEarlierByTheWorldsTime() {
        sim.machine(n1).drift(100_000);
        set(alarms -> alarms.timer("a").restart(Time.millis(1100)));
        sim.runFor(Time.millis(1000) - 1);
        assertEquals(List.of(), alarms().names());
        sim.runFor(1);
        assertEquals(List.of("a"), alarms().names());
    }

    @Test
    void noTimerFiresBeforeItsDeadlineByItsOwnClockHoweverTheClockDrifts() {
        Prng prng = new Prng(3);
        List<Long> deadlines = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            set(alarms -> {
                for (int i = 0; i < 5; i++) {
                    long delay = prng.below(Time.millis(50));
                    deadlines.add(alarms.kernel.nowNanos() + delay);
                    alarms.timer(Integer.toString(deadlines.size() - 1)).restart(delay);
                }
            });
            sim.runFor(prng.below(Time.millis(10)));
            sim.machine(n1).drift((int) prng.between(-200_000, 200_000));
        }
        sim.runFor(Time.seconds(1));
        assertEquals(deadlines.size(), alarms().rings.size());
        for (Alarms.Ring ring : alarms().rings) {
            long late = ring.atNanos() - deadlines.get(Integer.parseInt(ring.name()));
            assertTrue(late >= 0, "early by " + -late);
            assertTrue(late <= 1000, "late by " + late);
        }
    }

    @Test
    void driftOfOneNodeLeavesTheTimersOfOthersAlone() {
        NodeId n2 = sim.addNode("n2", Alarms::new);
        sim.onNode(n2, () -> sim.protocol(n2, Alarms.class).timer("a").restart(Time.millis(10)));
        sim.machine(n1).drift(200_000);
        sim.runFor(Time.millis(10) - 1);
        assertEquals(List.of(), sim.protocol(n2, Alarms.class).names());
        sim.runFor(1);
        assertEquals(List.of("a"), sim.protocol(n2, Alarms.class).names());
    }

    @Test
    void wallClockStepsAndMonotonicClockDoesNot() {
        long wall = sim.wallMillis(n1);
        long local = sim.clockNanos(n1);
        sim.machine(n1).stepWall(-Time.seconds(3));
        assertEquals(wall - 3000, sim.wallMillis(n1));
        assertEquals(local, sim.clockNanos(n1));
    }

    @Test
    void clockOfANewIncarnationStartsElsewhere() {
        long before = sim.clockNanos(n1);
        long wall = sim.wallMillis(n1);
        sim.crash(n1);
        sim.restart(n1);
        assertTrue(Math.abs(sim.clockNanos(n1) - before) > Time.seconds(1));
        assertEquals(wall, sim.wallMillis(n1));
    }

    @Test
    void pausedNodeRunsNothingAndCatchesUpInOrder() {
        set(alarms -> {
            alarms.timer("b").restart(Time.millis(20));
            alarms.timer("a").restart(Time.millis(10));
            alarms.timer("late").restart(Time.millis(200));
        });
        sim.pause(n1, Time.millis(100));
        long start = sim.clockNanos(n1);
        sim.onNode(
                n1,
                () -> alarms().rings
                        .add(new Alarms.Ring("outside", alarms().kernel.nowNanos())));
        sim.runFor(Time.millis(99));
        assertEquals(List.of(), alarms().rings);
        sim.runFor(Time.seconds(1));
        assertEquals(List.of("outside", "a", "b", "late"), alarms().names());
        assertEquals(start + Time.millis(100), alarms().rings.get(0).atNanos());
        assertEquals(start + Time.millis(100), alarms().rings.get(2).atNanos());
        assertEquals(start + Time.millis(200), alarms().rings.get(3).atNanos());
    }

    @Test
    void crashEndsAPause() {
        sim.pause(n1, Time.seconds(10));
        sim.crash(n1);
        sim.restart(n1);
        set(alarms -> alarms.timer("a").restart(Time.millis(1)));
        sim.runFor(Time.millis(5));
        assertEquals(List.of("a"), alarms().names());
    }
}
