package io.orrery.raft.forward;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Proposal;

/** What forwarders say to one another. */
public sealed interface ForwardMessage {
    void dispatch(NodeId from, Handler handler);

    /**
     * Asks the leader to propose a command.
     *
     * @param id of the request, unique over all incarnations of the asking node
     */
    record Forward(long id, Bytes command) implements ForwardMessage {
        @Override
        public void dispatch(NodeId from, Handler handler) {
            handler.onForward(from, this);
        }
    }

    /** Says how the proposal ended. */
    record Answer(long id, Proposal.Outcome outcome) implements ForwardMessage {
        @Override
        public void dispatch(NodeId from, Handler handler) {
            handler.onAnswer(from, this);
        }
    }

    /** One method for each message. */
    interface Handler {
        void onForward(NodeId from, Forward message);

        void onAnswer(NodeId from, Answer message);
    }
}
