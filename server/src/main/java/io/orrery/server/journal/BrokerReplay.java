package io.orrery.server.journal;

import io.orrery.broker.BrokerNode;
import io.orrery.broker.input.Input;
import io.orrery.broker.input.InputCodec;
import io.orrery.broker.input.InputReplay;
import io.orrery.broker.input.Inputs;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.journal.Tape;
import io.orrery.sim.journal.ReplayedProgram;

/** A broker node to be replayed. For one replay. */
final class BrokerReplay implements ReplayedProgram<Input> {
    private final BrokerPlan plan;
    private InputReplay inputs;

    BrokerReplay(BrokerPlan plan) {
        this.plan = plan;
    }

    @Override
    public Program program() {
        return kernel -> new BrokerNode(kernel, plan.config(), AddressBook.BY_NAME);
    }

    @Override
    public Input decode(Decoder in) {
        return InputCodec.INSTANCE.decode(in);
    }

    @Override
    public void perform(Protocol root, Input input, Tape tape) {
        if (inputs == null) {
            inputs = new InputReplay(new Inputs((BrokerNode) root, tape));
        }
        inputs.perform(input);
    }
}
