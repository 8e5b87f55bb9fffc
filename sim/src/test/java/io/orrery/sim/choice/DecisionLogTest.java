package io.orrery.sim.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Prng;
import io.orrery.kernel.codec.DecodeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private static final class World {
        final Choices choices;
        final ChoiceStream link;
        final ChoiceStream disk;

        World(long seed, Tape tape) {
            choices = new Choices(seed);
            choices.tape(tape);
            link = choices.stream("link n1>n2");
            disk = choices.stream("disk n1");
        }

        List<Long> live(int steps) {
            List<Long> chosen = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                chosen.add(link.next(1L << 32));
                if (i % 3 == 0) {
                    chosen.add(disk.between(1_000, 200_000));
                }
                if (i == 7) {
                    chosen.add(disk.fork("crash").next(1));
                    chosen.add(link.next(1L << 61));
                }
            }
            return chosen;
        }
    }

    private static DecisionLog logOf(long seed, int steps) {
        DecisionRecorder recorder = new DecisionRecorder();
        new World(seed, recorder).live(steps);
        return recorder.log();
    }

    @Test
    void logIsReplayedWithoutTheSeed() {
        DecisionRecorder recorder = new DecisionRecorder();
        List<Long> first = new World(1, recorder).live(50);
        DecisionReplay replay = new DecisionReplay(recorder.log(), misfit -> {
            throw new AssertionError(misfit.toString());
        });
        assertEquals(first, new World(2, replay).live(50));
        assertTrue(replay.fits());
        assertEquals(recorder.log().size(), replay.made());
        assertNotEquals(first, new World(2, new DecisionRecorder()).live(50));
    }

    @Test
    void firstChoiceThatDoesNotFitIsNamedAndTheOtherStreamsFollowTheLogOn() {
        DecisionLog log = logOf(1, 50);
        DecisionReplay.Misfit[] misfit = new DecisionReplay.Misfit[1];
        World world = new World(2, new DecisionReplay(log, found -> {
            assertNull(misfit[0], "told once");
            misfit[0] = found;
        }));
        world.link.next(1L << 32);
        world.link.next(1L << 32);
        world.link.next(1L << 32);
        assertEquals(
                "choice 1 of the run, by 'link n1>n2' below 4294967296: "
                        + "here the log has one by 'disk n1' below 199001",
                misfit[0].toString());
        assertEquals(log.value(1) + 1_000, world.disk.between(1_000, 200_000));
    }

    @Test
    void anotherBoundAndTheEndOfTheLogAreMisfitsToo() {
        List<String> told = new ArrayList<>();
        World world = new World(2, new DecisionReplay(logOf(1, 1), misfit -> told.add(misfit.why())));
        world.link.next(1000);
        assertEquals(List.of("the log has it below 4294967296"), told);
        told.clear();
        World longer = new World(2, new DecisionReplay(logOf(1, 1), misfit -> told.add(misfit.why())));
        longer.live(2);
        assertEquals(List.of("the log ends before it"), told);
    }

    @Test
    void mutationChangesOneChoiceAndNoOther() {
        DecisionLog log = logOf(1, 10);
        DecisionLog mutated = log.with(4, 77);
        assertEquals(77, mutated.value(4));
        assertNotEquals(log, mutated);
        assertEquals(log, mutated.with(4, log.value(4)));
    }

    @Test
    void fileComesBackAsItWasAndTakesLessThanAByteForWhatItsSeedDraws() {
        DecisionLog log = logOf(3, 3000);
        byte[] file = new DecisionFile("seed 3\nnodes 2\n", log).encode();
        assertEquals(new DecisionFile("seed 3\nnodes 2\n", log), DecisionFile.decode(file));
        assertTrue(file.length < log.size() * 2 / 3, "bytes: " + file.length + " for " + log);
    }

    @Test
    void choicesThatTheirSeedWouldNotDrawComeBackToo() {
        DecisionRecorder recorder = new DecisionRecorder(new DecisionReplay(logOf(8, 500), misfit -> {}));
        new World(3, recorder).live(700);
        DecisionFile file = new DecisionFile("seed 3", recorder.log().with(650, 5));
        byte[] bytes = file.encode();
        assertEquals(file, DecisionFile.decode(bytes));
        assertTrue(bytes.length > 3 * 500, "bytes: " + bytes.length);
        assertTrue(bytes.length < 5 * recorder.log().size(), "bytes: " + bytes.length);
    }

    @Test
    void fileOfVersionOneIsStillRead() {
        String old = "4f52444c01067365656420330501"
                + "0a6c696e6b206e313e6e328080808010ce11fa6b"
                + "03076469736b206e31d9920c57d201"
                + "000428d8e5"
                + "0005f3a217"
                + "00e2a3d709";
        byte[] file = HexFormat.of().parseHex(old + "00000000");
        reseal(file);
        DecisionLog log = DecisionFile.decode(file).log();
        assertEquals(List.of("link n1>n2", "disk n1"), log.labels());
        assertEquals(5, log.size());
        assertEquals(0x6BFA11CEL, log.value(0));
        assertEquals(199_001, log.bound(1));
        assertEquals(0x09D7A3E2L, log.value(4));
    }

    /** In it the scenario stands as it is. */
    @Test
    void fileOfVersionTwoIsStillRead() {
        DecisionFile now = new DecisionFile("seed 3", logOf(3, 40));
        byte[] file = now.encode();
        int decisions = 7 + file[6];
        byte[] old = new byte[12 + file.length - decisions];
        System.arraycopy(file, 0, old, 0, 4);
        old[4] = 2;
        old[5] = 6;
        System.arraycopy("seed 3".getBytes(StandardCharsets.UTF_8), 0, old, 6, 6);
        System.arraycopy(file, decisions, old, 12, file.length - decisions);
        reseal(old);
        assertEquals(now, DecisionFile.decode(old));
    }

    @Test
    void planTakesAThirdOfItsText() {
        StringBuilder text =
                new StringBuilder("seed 7\nnodes 5\nworkload bootstrap\nrate 100/s\nhorizon 3s\nsettle 60s\n");
        Prng prng = new Prng(7);
        for (int i = 0; i < 20; i++) {
            text.append("at ").append(prng.below(3_000_000)).append("us disk n").append(1 + prng.below(5));
            text.append(" slow ").append(prng.below(10_000)).append("us\n");
        }
        DecisionLog nothing = new DecisionLog();
        DecisionFile file = new DecisionFile(text.toString(), nothing);
        assertEquals(file, DecisionFile.decode(file.encode()));
        assertTrue(file.encode().length < text.length() * 2 / 5, file.encode().length + " of " + text.length());
    }

    @Test
    void fileOfALaterVersionIsRefused() {
        byte[] file = new DecisionFile("seed 3", logOf(3, 4)).encode();
        file[4] = 4;
        reseal(file);
        DecodeException refused = assertThrows(DecodeException.class, () -> DecisionFile.decode(file));
        assertEquals("byte 4: expected version 3 of the format, found 4", refused.getMessage());
    }

    @Test
    void damagedFilesAreRefusedWithTheByteAtWhichTheyAreWrong() {
        byte[] file = new DecisionFile("seed 3", logOf(3, 40)).encode();
        Prng prng = new Prng(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = prng.below(2) == 0 ? Arrays.copyOf(file, prng.below(file.length)) : file.clone();
            if (damaged.length == file.length) {
                damaged[prng.below(file.length)] ^= (byte) (1 + prng.below(255));
            }
            DecodeException refused = assertThrows(DecodeException.class, () -> DecisionFile.decode(damaged));
            assertTrue(refused.getMessage().matches("byte \\d+: .+"), refused.getMessage());
        }
    }

    @Test
    void nonsenseWithAValidChecksumIsRefusedToo() {
        byte[] file = new DecisionFile("seed 3", logOf(3, 40)).encode();
        Prng prng = new Prng(2);
        int refusals = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = file.clone();
            damaged[5 + prng.below(file.length - 9)] ^= (byte) (1 + prng.below(255));
            reseal(damaged);
            try {
                DecisionFile.decode(damaged);
            } catch (DecodeException refused) {
                refusals++;
            }
        }
        assertTrue(refusals > 500, "refusals: " + refusals);
    }

    private static void reseal(byte[] file) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(file, 0, file.length - 4);
        for (int i = 0; i < 4; i++) {
            file[file.length - 4 + i] = (byte) (crc.getValue() >>> 24 - 8 * i);
        }
    }
}
