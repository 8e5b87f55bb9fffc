------------------------------ MODULE TraceRaft ------------------------------
(***************************************************************************)
(* Whether what replicas did in simulated runs is what Raft allows: each   *)
(* line of a trace must be a step of the specification Raft, and leave the *)
(* node with the role, term, vote, log end, commit index and durable state *)
(* that the line says it had.                                              *)
(*                                                                         *)
(* The module Traces is generated ("orrery sim trace -o tla"):             *)
(*   Traces    the traces, each a sequence of lines                        *)
(*   Messages  what lines refer to by number                               *)
(*   SentAt    for each message, the line that sends it                    *)
(*   Entries   what lines and messages refer to by number                  *)
(*   Nodes     all nodes                                                   *)
(*                                                                         *)
(* A line chooses one step and all that is open in it, so each trace is    *)
(* one behaviour. TLC prints <<"accepted", trace, lines>> at the end of    *)
(* each; or else why it ends before: <<"refused", trace, line, why>> where *)
(* a condition of the step does not hold, and <<"differs", trace, line,    *)
(* what, here, there>> where the state after it is another.                *)
(***************************************************************************)
EXTENDS Raft, Traces, TLC

VARIABLES
    t,    \* Which trace.
    l     \* Its next line.

NoNode == "-"

TraceTermOf(e) == Entries[e].term
TraceConfigurationOf(e) == Entries[e].configuration
TraceFirst == {e \in 1..Len(Entries) : Entries[e].term = 1 /\ Entries[e].configuration # NoConfiguration}
TraceNewEntries(term) == {}

NeedTold(what, condition) == IF condition THEN TRUE ELSE PrintT(<<"refused", t, l, what>>) /\ FALSE

Same(what, here, there) == IF here = there THEN TRUE ELSE PrintT(<<"differs", t, l, what, here, there>>) /\ FALSE

(* What a line says of the node after the step.                                               *)
Role(e) == e.after[1]
Term(e) == e.after[2]
Vote(e) == e.after[3]
Last(e) == e.after[4]
LastTermIn(e) == e.after[5]
CommitIn(e) == e.after[6]
DurableIn(e) == e.after[7]
DurableTerm(e) == e.after[8]
DurableVote(e) == e.after[9]

Agrees(e) ==
    LET s == server'[e.node] IN
    /\ Same("role", s.role, Role(e))
    /\ s.up =>
        /\ Same("term", s.term, Term(e))
        /\ Same("vote", s.vote, Vote(e))
        /\ Same("last index", LastIndex(s), Last(e))
        /\ Same("last term", LastTerm(s), LastTermIn(e))
        /\ Same("commit index", s.commit, CommitIn(e))
        /\ Same("durable index", s.disk.known, DurableIn(e))
        /\ Same("durable term", s.disk.term, DurableTerm(e))
        /\ Same("durable vote", s.disk.vote, DurableVote(e))

(* A state on its way to the disk, or on it, has what the line says is durable. The earliest  *)
(* of them is taken: it leaves open all that a later one would.                                *)
IsDurableIn(e, state) == state.term = DurableTerm(e) /\ state.vote = DurableVote(e)

Synced(e) ==
    LET s == server[e.node]
        all == {k \in 1..Len(s.pending) : IsDurableIn(e, s.pending[k]) /\ s.pending[k].known = DurableIn(e)}
    IN
    /\ Need("what a sync makes durable was on its way to the disk", all # {})
    /\ Sync(e.node, Least(all))

(* What is committed after a recovery is what the snapshot on the disk stands for.             *)
Recovered(e) ==
    LET s == server[e.node]
        i == CommitIn(e)
        IsThere(state) == LET log == Lifted(state.log, i) IN
                          /\ IsDurableIn(e, state)
                          /\ Len(log) = Last(e)
                          /\ TermAt(log, Len(log)) = LastTermIn(e)
        all == {k \in 1..Len(s.pending) : IsThere(s.pending[k])} \union (IF IsThere(s.disk) THEN {0} ELSE {})
    IN
    /\ Need("a snapshot stands for what is committed", IsCommitted(i))
    /\ Need("what is recovered was durable, or on its way to the disk", all # {})
    /\ Recover(e.node, Least(all), i)

(* Which messages were sent the trace itself tells, and faster than a set of them would.       *)
TraceSend(m) == UNCHANGED messages
TraceIsSent(m) == TRUE
WasSent(message) ==
    LET at == SentAt[message] IN
    /\ Need("what is received was sent before", at \in 1..(l - 1))
    /\ Need("what is received was sent", Traces[t][at].step = "send" /\ Traces[t][at].message = message)

Caused(e) ==
    /\ Need("a message made the node do it", e.cause # 0)
    /\ WasSent(e.cause)

(* A node that is not counted on yet asks all for their terms, and enters the latest that it was told. *)
Told(e) ==
    {k \in 1..Len(Messages) : Messages[k].type = "RecallReply" /\ Messages[k].to = e.node
                              /\ Messages[k].term = Term(e) /\ SentAt[k] \in 1..(l - 1)}

BecameFollower(e) ==
    IF Term(e) > server[e.node].term
    THEN IF e.cause # 0 /\ Messages[e.cause].term = Term(e) THEN Caused(e) /\ EnterTerm(e.node, Messages[e.cause])
         ELSE IF Told(e) # {} THEN EnterTerm(e.node, Messages[Least(Told(e))])
         ELSE IF e.cause = 0 THEN EnterCommittedTerm(e.node, Term(e))
         ELSE Caused(e) /\ EnterTerm(e.node, Messages[e.cause])
    ELSE StepDown(e.node)

Voted(e) ==
    IF Vote(e) = e.node THEN KeepVote(e.node)
    ELSE Caused(e) /\ GrantVote(e.node, Messages[e.cause])

BecameCandidate(e) ==
    IF server[e.node].role = "follower"
    THEN Caused(e) /\ CampaignWhenAsked(e.node, Messages[e.cause])
    ELSE Campaign(e.node)

LedOne(n, x) == IF ConfigurationOf(x) = NoConfiguration THEN Propose(n, x) ELSE Reconfigure(n, x)

(* A leader's line has one entry; a follower's has those of a message that it lacks.           *)
Appended(e) ==
    IF server[e.node].role = "leader"
    THEN /\ Need("a leader makes one entry in a step", Len(e.entries) = 1)
         /\ LedOne(e.node, e.entries[1])
         /\ Same("index", LastIndex(server'[e.node]), e.index)
    ELSE /\ Caused(e)
         /\ Accept(e.node, Messages[e.cause])
         /\ Same("entries", SubSeq(server'[e.node].log, e.index, LastIndex(server'[e.node])), e.entries)

IsOffer(e) == e.cause # 0 /\ Messages[e.cause].type = "InstallSnapshot"

Matched(e) ==
    /\ Caused(e)
    /\ IF IsOffer(e) THEN TakeOffer(e.node, Messages[e.cause], FALSE) ELSE Accept(e.node, Messages[e.cause])

Committed(e) ==
    IF server[e.node].role = "leader"
    THEN Commit(e.node, e.index)
    ELSE /\ Caused(e)
         /\ IF IsOffer(e) THEN TakeOffer(e.node, Messages[e.cause], TRUE) ELSE LearnCommit(e.node, Messages[e.cause])

Sent(e) ==
    LET m == Messages[e.message]
        request == IF e.cause = 0 THEN [type |-> "none"] ELSE Messages[e.cause]
    IN
    CASE m.type = "RequestPreVote" -> AskPreVote(e.node, m)
      [] m.type = "PreVoteReply" -> Caused(e) /\ AnswerPreVote(e.node, request, m)
      [] m.type = "RequestVote" -> AskVote(e.node, m)
      [] m.type = "VoteReply" -> TellVote(e.node, m)
      [] m.type = "AppendEntries" -> SendEntries(e.node, m)
      [] m.type = "AppendAck" -> Acknowledge(e.node, m)
      [] m.type = "AppendRefusal" -> Caused(e) /\ Refuse(e.node, request, m)
      [] m.type = "TimeoutNow" -> HandOver(e.node, m)
      [] m.type \in {"RequestReadIndex", "InstallStatus", "RecallReply"} -> Speak(e.node, m)
      [] m.type = "Recall" -> Ask(e.node, m)
      [] m.type = "InstallSnapshot" -> OfferSnapshot(e.node, m)
      [] m.type = "ReadIndexReply" -> AnswerRead(e.node, m)

(* Only answers change what a node knows by being received; what else follows has its own line. *)
Received(e) ==
    LET m == Messages[e.message] IN
    /\ WasSent(e.message)
    /\ CASE m.type = "PreVoteReply" -> TakePreVote(e.node, m)
         [] m.type = "VoteReply" -> TakeVote(e.node, m)
         [] m.type = "AppendAck" -> TakeAcknowledgement(e.node, m)
         [] OTHER -> Hears(e.node, m) /\ UNCHANGED vars

Step(e) ==
    CASE e.step = "recover" -> Recovered(e)
      [] e.step = "bootstrap" -> Bootstrap(e.node, e.entries[1])
      [] e.step = "become-follower" -> BecameFollower(e)
      [] e.step = "become-pre-candidate" -> StartPreVote(e.node)
      [] e.step = "become-candidate" -> BecameCandidate(e)
      [] e.step = "become-leader" -> Win(e.node)
      [] e.step = "vote" -> Voted(e)
      [] e.step = "truncate" -> Caused(e) /\ CutConflict(e.node, Messages[e.cause], e.index)
      [] e.step = "append" -> Appended(e)
      [] e.step = "match" -> Matched(e)
      [] e.step = "durable" -> Synced(e)
      [] e.step = "commit" -> Committed(e)
      [] e.step = "compact" -> Compact(e.node, e.index)
      [] e.step = "install" -> Install(e.node, e.index)
      [] e.step = "send" -> Sent(e)
      [] e.step = "receive" -> Received(e)
      [] e.step = "crash" -> Crash(e.node)

TraceInit ==
    /\ Init
    /\ t \in 1..Len(Traces)
    /\ l = 1

TraceNext ==
    /\ l <= Len(Traces[t])
    /\ Step(Traces[t][l])
    /\ Agrees(Traces[t][l])
    /\ t' = t
    /\ l' = l + 1
    /\ IF l = Len(Traces[t]) THEN PrintT(<<"accepted", t, l>>) ELSE TRUE

(* A trace and a line stand for one state: see above.                                          *)
View == <<t, l>>

-----------------------------------------------------------------------------
(* The safety properties, each where the last line may have changed something of it.           *)

After(steps, property) == l > 1 /\ Traces[t][l - 1].step \in steps => property
Moved == Traces[t][l - 1].node

TraceElectionSafety == After({"become-leader"}, ElectionSafety)
TraceOneVote == After({"send"}, Messages[Traces[t][l - 1].message].type \in {"RequestVote", "VoteReply"} => OneVoteOf(Moved))
TraceLogMatching ==
    /\ After({"append"}, LogMatchingOf(Moved, Traces[t][l - 1].index))
    /\ After({"recover", "bootstrap", "install"}, LogMatchingOf(Moved, 1))
TraceLeaderCompleteness == After({"become-leader", "commit"}, LeaderCompleteness)
TraceStateMachineSafety == After({"commit", "truncate", "install", "recover"}, StateMachineSafetyOf(Moved))
TraceSound == After({"recover", "truncate", "become-leader", "install"}, SoundOf(Moved))
TraceLeaderAppendOnly ==
    [][LET e == Traces[t][l] IN
       e.step \in {"append", "truncate", "install"} => GrowsWhileLeading(server[e.node], server'[e.node])]_<<vars, t, l>>
=============================================================================
