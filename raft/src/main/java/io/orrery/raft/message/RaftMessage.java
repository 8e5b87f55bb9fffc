package io.orrery.raft.message;

import io.orrery.kernel.NodeId;

/** What replicas of a group say to one another. Who says it is known from the transport. */
public sealed interface RaftMessage
        permits RequestPreVote,
                PreVoteReply,
                RequestVote,
                VoteReply,
                AppendEntries,
                AppendAck,
                AppendRefusal,
                TimeoutNow,
                RequestReadIndex,
                ReadIndexReply,
                InstallSnapshot,
                InstallStatus,
                SnapshotMessage,
                MemoryMessage {
    /** The sender's term; in pre-votes see there. */
    long term();

    /**
     * The term that whoever hears this enters, unless it is past it (section 5.1); 0 for a message that binds nobody: a
     * question may be refused while there is a leader (dissertation, sections 4.2.3 and 9.6), and a pre-vote is of a term that
     * nobody has entered.
     */
    default long enteredTerm() {
        return 0;
    }

    void dispatch(NodeId from, Handler handler);

    /** One method for each message. */
    interface Handler {
        void onRequestPreVote(NodeId from, RequestPreVote message);

        void onPreVoteReply(NodeId from, PreVoteReply message);

        void onRequestVote(NodeId from, RequestVote message);

        void onVoteReply(NodeId from, VoteReply message);

        void onAppendEntries(NodeId from, AppendEntries message);

        void onAppendAck(NodeId from, AppendAck message);

        void onAppendRefusal(NodeId from, AppendRefusal message);

        void onTimeoutNow(NodeId from, TimeoutNow message);

        void onRequestReadIndex(NodeId from, RequestReadIndex message);

        void onReadIndexReply(NodeId from, ReadIndexReply message);

        void onInstallSnapshot(NodeId from, InstallSnapshot message);

        void onInstallStatus(NodeId from, InstallStatus message);

        /** In any role and term. */
        void onSnapshotMessage(NodeId from, SnapshotMessage message);

        /** In any role and term. */
        void onMemoryMessage(NodeId from, MemoryMessage message);
    }
}
