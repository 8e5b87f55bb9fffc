package io.orrery.sim.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Frame;
import io.orrery.sim.Letters;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DamageTest {
    private final CRC32C crc = new CRC32C();
    private final byte[] frame = frame();

    private byte[] frame() {
        Encoder out = new Encoder(64, 1024);
        Frame.encode(new Channel(1000, 1, Delivery.DATAGRAM), Letters.NUMBERS, 42L, crc, out);
        return Arrays.copyOf(out.buffer(), out.position());
    }

    @Test
    void corruptedFrameNeverPassesAsWhole() {
        byte[] before = frame.clone();
        for (long luck = 0; luck < 20_000; luck++) {
            byte[] bad = Damage.corrupted(frame, luck);
            assertNotNull(Frame.fault(bad, 0, bad.length, crc), "luck " + luck);
        }
        assertArrayEquals(before, frame, "the sender's bytes are left alone");
    }

    @Test
    void forgedFramePassesAsWholeAndSaysSomethingElse() {
        for (long luck = 0; luck < 20_000; luck++) {
            byte[] bad = Damage.forged(frame, luck);
            assertNull(Frame.fault(bad, 0, bad.length, crc), "luck " + luck);
            assertArrayEquals(Arrays.copyOf(frame, 16), Arrays.copyOf(bad, 16), "the channel is left alone");
        }
        byte[] other = Damage.forged(frame, 1);
        assertTrue(!Arrays.equals(frame, other));
    }

    @Test
    void corruptDatagramsAreCountedAndDroppedByTheirReceiver() {
        LetterWorld world = new LetterWorld(9, 2).fault("link n1>n2 corrupt 200000ppm");
        world.send(Delivery.DATAGRAM, "n1", "n2", 0, 1000).pass(Time.seconds(1));
        long corrupted = world.sim.network().counters().corrupted();
        assertTrue(corrupted > 150 && corrupted < 250, "about 200, not " + corrupted);
        assertEquals(corrupted, world.sim.counters(NodeId.of("n2")).malformed());
        assertEquals(1000 - corrupted, world.received("n2").size());
        assertTrue(world.received("n2").stream().allMatch(number -> number >= 0 && number < 1000));
        world.fault("link n1>n2 healthy")
                .send(Delivery.DATAGRAM, "n1", "n2", 0, 100)
                .pass(Time.seconds(1));
        assertEquals(1100 - corrupted, world.received("n2").size());
    }

    @Test
    void forgedFramesReachTheProtocolWithOtherContents() {
        for (Delivery delivery : Delivery.values()) {
            LetterWorld world = new LetterWorld(9, 2).fault("link n1>n2 forge 200000ppm");
            world.send(delivery, "n1", "n2", 0, 1000).pass(Time.seconds(1));
            long strange = world.received("n2").stream()
                    .filter(number -> number < 0 || number >= 1000)
                    .count();
            assertTrue(strange > 30, "numbers that nobody sent: " + strange);
            long undecodable = world.sim.counters(NodeId.of("n2")).malformed();
            assertEquals(1000 - undecodable, world.received("n2").size());
            assertTrue(undecodable < world.sim.network().counters().forged());
        }
    }

    @Test
    void damageOfOneFrameDoesNotShiftTheLuckOfOthers() {
        LetterWorld clean = new LetterWorld(9, 2);
        LetterWorld bad = new LetterWorld(9, 2).fault("link n1>n2 corrupt 300000ppm");
        for (LetterWorld each : List.of(clean, bad)) {
            each.send(Delivery.DATAGRAM, "n1", "n2", 0, 200).pass(Time.seconds(1));
        }
        List<Long> whole = bad.received("n2");
        assertEquals(
                whole, clean.received("n2").stream().filter(whole::contains).toList());
    }
}
