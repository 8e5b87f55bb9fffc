package io.orrery.sim.journal;

import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.journal.Tape;

/**
 * The program that a journal was kept of, and what was done to it from outside.
 *
 * @param <I> what is done to it, as data
 */
public interface ReplayedProgram<I> {
    /** Builds it, as it was built then. */
    Program program();

    /** Reads an input; throws {@link io.orrery.kernel.codec.DecodeException} for what is none. */
    I decode(Decoder in);

    /**
     * Does an input to the node, the way that the live node's surroundings did it: with the tape told.
     *
     * @param root the program's root protocol
     */
    void perform(Protocol root, I input, Tape tape);
}
