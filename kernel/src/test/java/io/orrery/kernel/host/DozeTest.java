package io.orrery.kernel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DozeTest {
    private static final int ROUNDS = 3_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void workLeftBeforeTheWakeUpIsSeenWhetherTheSleeperYieldsOrSleeps(int yieldsMax) throws InterruptedException {
        Doze doze = new Doze(yieldsMax);
        AtomicLong asked = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        Thread sleeper = new Thread(() -> {
            for (long done = 0; done < ROUNDS; done++) {
                long next = done + 1;
                while (asked.get() < next) {
                    doze.await(() -> asked.get() >= next);
                }
                answered.set(next);
            }
        });
        doze.belongTo(sleeper);
        sleeper.setDaemon(true);
        sleeper.start();
        for (long round = 1; round <= ROUNDS; round++) {
            asked.set(round);
            doze.wakeUp();
            while (answered.get() < round) {
                Thread.yield();
            }
        }
        sleeper.join();
        assertEquals(ROUNDS, answered.get());
    }
}
