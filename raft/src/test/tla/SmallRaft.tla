------------------------------ MODULE SmallRaft ------------------------------
(***************************************************************************)
(* The specification itself, explored: all behaviours of few nodes in few  *)
(* terms, with every loss, repetition and reordering of messages, every    *)
(* moment of every sync, and crashes.                                      *)
(*                                                                         *)
(* To keep that small, what cannot matter happens at once. Whatever may be *)
(* sent is sent: a message that nobody has received yet does no more than  *)
(* one that was not sent yet, and one that is never received was lost. So  *)
(* are votes and acknowledgements received: to know of one more never      *)
(* keeps a node from anything. Leaders send their whole log behind the     *)
(* first entry, which all have: it was shorter when they sent it before.   *)
(* Nobody asks for pre-votes, anybody campaigns at any time, which allows  *)
(* more than Raft does.                                                    *)
(***************************************************************************)
EXTENDS Raft, TLC

CONSTANTS
    MaxTerm,      \* Nobody campaigns in a later one.
    MaxEntries,   \* No log is longer.
    MaxCrashes,   \* All nodes together.
    MaxPending,   \* States of a node on their way to its disk.
    Snapshots,    \* Whether nodes get snapshots of what was committed.
    Voters,       \* Of the first configuration,
    Learners      \* which has these learners.

VARIABLE crashes

Entry(term, configuration) == [term |-> term, configuration |-> configuration]
SmallTermOf(e) == e.term
SmallConfigurationOf(e) == e.configuration
FirstConfiguration == [voters |-> Voters, outgoing |-> {}, learners |-> Learners]
SmallFirst == {Entry(1, FirstConfiguration)}

(* One command a term, or a change of one voter. *)
Removals == {[FirstConfiguration EXCEPT !.voters = @ \ {n}] : n \in Voters}
Promotions == {[FirstConfiguration EXCEPT !.voters = @ \union {n}, !.learners = @ \ {n}] : n \in Learners}
SmallNewEntries(term) == {Entry(term, NoConfiguration)}
ChangingNewEntries(term) ==
    SmallNewEntries(term) \union {Entry(term, c) : c \in Removals \union Promotions \union {FirstConfiguration}}

(* The group has begun, and everything is on its disk. *)
Begun(log, term) ==
    LET disk == [term |-> term, vote |-> Nobody, log |-> log, known |-> Len(log)]
    IN [Off(disk, <<>>) EXCEPT !.up = TRUE, !.role = "follower", !.term = term, !.log = log]

FirstLog == <<Entry(1, FirstConfiguration)>>

SmallInit ==
    /\ server = [n \in Node |-> Begun(FirstLog, 1)]
    /\ messages = {}
    /\ leaders = {}
    /\ decided = <<>>
    /\ told = {}
    /\ crashes = 0

(* Figure 8 (c) of the paper for three nodes: one was elected in term 4 and holds an entry of  *)
(* term 2, another holds one of term 3, which makes its log the better one.                     *)
Figure8Init ==
    LET old == Append(FirstLog, Entry(2, NoConfiguration))
        better == Append(FirstLog, Entry(3, NoConfiguration))
        Voted(s, n) == [s EXCEPT !.vote = n, !.disk.vote = n]
    IN
    \E x, y \in Node : \E z \in Node \ {x, y} :
        /\ x # y
        /\ server = [n \in Node |-> IF n = x THEN [Voted(Begun(old, 4), x) EXCEPT !.role = "leader"]
                                    ELSE IF n = y THEN Begun(better, 3)
                                    ELSE Voted(Begun(FirstLog, 4), x)]
        /\ messages = {}
        /\ leaders = {<<4, x>>}
        /\ decided = <<>>
        /\ told = {<<x, 4, x>>, <<z, 4, x>>}
        /\ crashes = 0

(* One leads in term 2, elected by all.                                                         *)
LedInit ==
    \E x \in Node :
        /\ server = [n \in Node |-> [Begun(FirstLog, 2) EXCEPT !.vote = x, !.disk.vote = x,
                                       !.role = IF n = x THEN "leader" ELSE "follower"]]
        /\ messages = {}
        /\ leaders = {<<2, x>>}
        /\ decided = <<>>
        /\ told = {<<n, 2, x>> : n \in Node}
        /\ crashes = 0

-----------------------------------------------------------------------------
(* What a node may say now.                                                                     *)

VoteRequests(n, s) ==
    IF s.role = "candidate" /\ Unless("asks-early", IsVoteDurable(s))
    THEN {[type |-> "RequestVote", from |-> n, to |-> to, term |-> s.term,
           lastIndex |-> LastIndex(s), lastTerm |-> LastTerm(s)] : to \in Node \ {n}}
    ELSE {}

VoteReplies(n, s) ==
    IF s.vote \in Node \ {n} /\ Unless("vote-told-early", IsVoteDurable(s))
    THEN {[type |-> "VoteReply", from |-> n, to |-> s.vote, term |-> s.term, granted |-> TRUE]}
    ELSE {}

Appends(n, s) ==
    IF s.role = "leader"
    THEN {AppendEntries(n, to, 1, LastIndex(s), s.commit) : to \in Node \ {n}}
    ELSE {}

Acknowledgements(n, s) ==
    LET durable == IF "acknowledges-early" \in Planted THEN s.matched ELSE Min(s.matched, Durable(s)) IN
    IF s.role = "follower" /\ IsTermDurable(s) /\ durable > 0
    THEN {[type |-> "AppendAck", from |-> n, to |-> x[2], term |-> s.term, received |-> s.matched,
           durable |-> durable] : x \in {y \in leaders : y[1] = s.term}}
    ELSE {}

Sayings(n) ==
    LET s == server[n] IN
    IF s.up THEN VoteRequests(n, s) \union VoteReplies(n, s) \union Appends(n, s) \union Acknowledgements(n, s) ELSE {}

AllSayings == UNION {Sayings(n) : n \in Node}

(* What a node knows when it has received all votes and acknowledgements of its term. *)
Informed(n, all) ==
    LET s == server[n]
        mine == {m \in all : m.to = n /\ m.term = s.term}
        acks(p) == {m.durable : m \in {x \in mine : x.type = "AppendAck" /\ x.from = p}}
    IN
    IF s.role = "candidate"
    THEN [s EXCEPT !.votes = @ \union {m.from : m \in {x \in mine : x.type = "VoteReply"}}]
    ELSE IF s.role = "leader"
    THEN [s EXCEPT !.match = [p \in Node |-> Largest(acks(p) \union {@[p]})]]
    ELSE s

Settled ==
    /\ AllSayings \subseteq messages
    /\ \A n \in Node : Informed(n, messages) = server[n]

Settle ==
    LET all == messages \union AllSayings IN
    /\ messages' = all
    /\ server' = [n \in Node |-> Informed(n, all)]
    /\ told' = told \union {<<m.from, m.term, IF m.type = "RequestVote" THEN m.from ELSE m.to>> :
                               m \in {x \in AllSayings : x.type \in {"RequestVote", "VoteReply"}}}
    /\ UNCHANGED <<leaders, decided, crashes>>

-----------------------------------------------------------------------------
SmallCampaign(n) ==
    /\ server[n].role # "leader"
    /\ server[n].term < MaxTerm
    /\ IsVoter(n, Configuration(server[n].log))
    /\ Campaigns(n)

(* Where snapshots may end. *)
Ends == IF Snapshots THEN 1..Len(decided) ELSE {}

SmallStep(n) ==
    LET s == server[n] IN
    \/ \E k \in 0..Len(s.pending), i \in {0} \union Ends : ~s.up /\ Recover(n, k, i)
    \/ s.up /\
        \/ \E k \in 1..Len(s.pending) : Sync(n, k)
        \/ SmallCampaign(n)
        \/ Win(n)
        \/ s.role = "candidate" /\ StepDown(n)
        \/ Len(s.log) < MaxEntries /\ \E e \in NewEntries(s.term) :
              IF ConfigurationOf(e) = NoConfiguration THEN Propose(n, e) ELSE Reconfigure(n, e)
        \/ \E i \in 1..LastIndex(s) : Commit(n, i)
        \/ \E i \in Ends : 
              IF TermOf(decided[i].entry) > s.term THEN EnterCommittedTerm(n, TermOf(decided[i].entry))
              ELSE i > s.commit /\ Install(n, i)
        \/ \E m \in messages :
              \/ m.to = n /\ m.term > s.term /\ EnterTerm(n, m)
              \/ m.to = n /\ m.type = "RequestVote" /\ m.term = s.term /\ GrantVote(n, m)
              \/ /\ m.to = n /\ m.type = "AppendEntries" /\ m.term = s.term
                 /\ \/ \E i \in Conflicts(s.log, m) : CutConflict(n, m, i)
                    \/ Accept(n, m)
                    \/ LearnCommit(n, m)

SmallNext ==
    IF Settled
    THEN \E n \in Node :
            \/ SmallStep(n) /\ UNCHANGED crashes
            \/ crashes < MaxCrashes /\ Crash(n) /\ crashes' = crashes + 1
    ELSE Settle

SmallBound == \A n \in Node : Len(server[n].pending) <= MaxPending

Symmetry == Permutations(Voters) \union Permutations(Learners)
=============================================================================
