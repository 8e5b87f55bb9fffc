package io.orrery.sim.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.sim.Simulation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramePoolTest {
    private final FramePool pool = new FramePool();

    @Test
    void anArrayGivenBackIsUsedForTheNextFrameOfItsLength() {
        byte[] first = pool.copyOf(new byte[] {1, 2, 3, 9, 9}, 3);
        assertArrayEquals(new byte[] {1, 2, 3}, first);
        pool.giveBack(first);
        assertNotSame(first, pool.copyOf(new byte[] {4, 5}, 2));
        byte[] again = pool.copyOf(new byte[] {4, 5, 6}, 3);
        assertSame(first, again);
        assertArrayEquals(new byte[] {4, 5, 6}, again);
        assertNotSame(first, pool.copyOf(new byte[] {7, 8, 9}, 3));
    }

    @Test
    void keepsFewArraysOfEachLengthAndNoLongOnes() {
        for (int i = 0; i < FramePool.ARRAYS_MAX + 1; i++) {
            pool.giveBack(new byte[FramePool.BYTES_MAX]);
        }
        byte[] refused = new byte[FramePool.BYTES_MAX];
        pool.giveBack(refused);
        byte[] tooLong = new byte[FramePool.BYTES_MAX + 1];
        pool.giveBack(tooLong);
        for (int i = 0; i < FramePool.ARRAYS_MAX + 2; i++) {
            assertNotSame(refused, pool.copyOf(refused, FramePool.BYTES_MAX));
        }
        assertNotSame(tooLong, pool.copyOf(tooLong, tooLong.length));
    }

    /** A text, as a copy or as a slice of the frame: equally long on the wire, so that frames of one may be used for the other. */
    private record Note(String copy, Bytes slice) {
        static Note of(int number) {
            String text = "note " + (100 + number);
            return number % 3 == 0 ? new Note(text, null) : new Note(null, Bytes.ofUtf8(text));
        }

        static void write(Note note, Encoder out) {
            out.writeBoolean(note.slice != null);
            out.writeBytes(note.slice != null ? note.slice : Bytes.ofUtf8(note.copy));
        }

        static Note read(Decoder in) {
            return in.readBoolean() ? new Note(null, in.readBytes()) : new Note(in.readString(), null);
        }
    }

    /** Keeps what it receives. */
    private static final class Keeper implements Protocol {
        private static final Codec<Note> CODEC = Codec.of(Note::write, Note::read);

        private final List<Note> kept = new ArrayList<>();
        private final Port<Note> datagrams;
        private final Port<Note> streams;

        Keeper(Kernel kernel) {
            datagrams = kernel.open(new Channel(1000, 1, Delivery.DATAGRAM), CODEC, (from, note) -> kept.add(note));
            streams = kernel.open(new Channel(1000, 2, Delivery.STREAM), CODEC, (from, note) -> kept.add(note));
        }

        @Override
        public void start() {}
    }

    @Test
    void noFrameIsOverwrittenOnItsWayOrWhileANodeKeepsPartOfIt() {
        Simulation sim = new Simulation(3);
        NodeId n1 = sim.addNode("n1", Keeper::new);
        NodeId n2 = sim.addNode("n2", Keeper::new);
        sim.network().policy(LinkPolicy.LAN.duplicate(500_000).reorder(100_000));
        List<Note> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Note note = Note.of(i);
            sent.add(note);
            sim.onNode(n1, () -> sim.protocol(n1, Keeper.class).streams.send(n2, note));
            sim.onNode(n2, () -> sim.protocol(n2, Keeper.class).datagrams.send(n1, note));
            sim.runFor(Time.micros(50));
        }
        sim.runFor(Time.seconds(1));
        assertEquals(sent, sim.protocol(n2, Keeper.class).kept);
        List<Note> datagrams = sim.protocol(n1, Keeper.class).kept;
        for (Note note : sent) {
            int copies = Collections.frequency(datagrams, note);
            assertTrue(copies == 1 || copies == 2, copies + " copies of " + note);
        }
        assertEquals(
                sim.network().counters().duplicated(),
                datagrams.size() - sent.size(),
                "nothing but copies came beside");
    }
}
