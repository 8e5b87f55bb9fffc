package io.orrery.sim.journal;

import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.journal.Cycle;
import io.orrery.kernel.journal.JournalReader;
import io.orrery.kernel.journal.Tape;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.util.ArrayDeque;

/** What the calls of a cycle did to the node, and the events that do it again. */
final class ReplayCalls<I> {
    private final ReplayedProgram<I> program;
    private final Tape tape;
    private final ArrayDeque<Step<I>> steps = new ArrayDeque<>();
    private boolean isMissing;

    /** An input, or with null the end of a call. */
    private record Step<I>(I input) {}

    ReplayCalls(ReplayedProgram<I> program, Tape tape) {
        this.program = program;
        this.tape = tape;
    }

    /**
     * Reads the inputs of a cycle.
     *
     * @throws io.orrery.kernel.journal.JournalException if one of them is none
     */
    void begin(Cycle cycle, JournalReader reader) {
        steps.clear();
        Decoder in = cycle.inputs().decoder();
        while (in.remaining() > 0) {
            if (in.readByte() == Cycle.CALL_OVER) {
                steps.add(new Step<>(null));
                continue;
            }
            try {
                Decoder input = in.readBytes().decoder();
                steps.add(new Step<>(program.decode(input)));
                input.expectEnd();
            } catch (DecodeException | IllegalArgumentException e) {
                throw reader.fault("an input that cannot be read: " + e.getMessage());
            }
        }
    }

    /** Whether each input found its call. */
    boolean isUsedUp() {
        return steps.isEmpty();
    }

    /** Whether a call ran of which the journal does not say what it did. */
    boolean isMissing() {
        return isMissing;
    }

    NodeEvent event(NodeKernel node, boolean isCall) {
        return new Call(node, isCall);
    }

    private final class Call extends NodeEvent {
        private final boolean isCall;

        Call(NodeKernel node, boolean isCall) {
            super(node);
            this.isCall = isCall;
        }

        @Override
        public Kind kind() {
            return Kind.OUTSIDE;
        }

        @Override
        public String subject() {
            return isCall ? "call" : "task";
        }

        @Override
        protected void happen() {
            RuntimeException thrown = null;
            while (!steps.isEmpty()) {
                I input = steps.remove().input();
                if (input == null) {
                    finish(thrown);
                    return;
                }
                try {
                    program.perform(node().protocol(), input, tape);
                } catch (RuntimeException e) {
                    thrown = e;
                } catch (Error e) {
                    skipToEnd();
                    throw e;
                }
            }
            isMissing = true;
        }

        /** On the live node an exception went to who waited for the answer, or else it halted the node. */
        private void finish(RuntimeException thrown) {
            if (thrown != null && !isCall) {
                throw thrown;
            }
        }

        private void skipToEnd() {
            while (!steps.isEmpty() && steps.remove().input() != null) {
                continue;
            }
        }
    }
}
