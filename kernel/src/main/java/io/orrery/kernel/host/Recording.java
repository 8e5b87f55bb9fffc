package io.orrery.kernel.host;

import io.orrery.kernel.Check;
import io.orrery.kernel.codec.Bytes;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * That a node's journal is to be kept, and where: everything that one incarnation is given from outside, from its boot on,
 * for the simulator to replay. See {@link io.orrery.kernel.journal.JournalReader} for the format.
 *
 * @param file to be written; must not exist
 * @param bytesMax the journal ends when it would grow beyond; at least 1 MiB, at most 1 TiB. It is a beginning, not the
 *     latest part: a replay can only start at a boot
 * @param software that runs, with its version
 * @param program what kind of program it is
 * @param description of the program, all that is needed to build it again; asked once on the node's thread, after the
 *     transport has started and before the boot
 * @param onEnd told, once and on the node's thread, when the journal ends before the node does, and why; must not block
 */
public record Recording(
        Path file,
        long bytesMax,
        String software,
        String program,
        Supplier<Bytes> description,
        Consumer<String> onEnd) {
    public Recording {
        Check.argument(bytesMax >= 1 << 20 && bytesMax <= 1L << 40, "a journal's limit is between 1 MiB and 1 TiB");
    }
}
