package io.orrery.kernel.loop;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.zip.CRC32C;

/**
 * What frames are written and read with. Nothing in it outlives a call, but for texts met before, which are the same for all;
 * so nodes that live on one thread may have one together. In a simulation of thousands that is most of what an event
 * would else have to fetch from memory.
 *
 * <p>For one thread.
 */
public final class Scratch {
    private static final int BYTES_FIRST = 1024;

    final Encoder encoder = new Encoder(BYTES_FIRST, Delivery.STREAM_BYTES_MAX);
    final Decoder decoder = new Decoder();
    final CRC32C crc = new CRC32C();
}
