-------------------------------- MODULE Raft --------------------------------
(***************************************************************************)
(* Raft, as Ongaro and Ousterhout's paper of 2014 and Ongaro's             *)
(* dissertation of the same year have it, for replicas whose disks are     *)
(* slow and whose crashes lose what was not synced.                        *)
(*                                                                         *)
(* Beside the paper: pre-votes (dissertation 9.6), hand-over (3.10),       *)
(* learners (4.2.1), changes of one member (4.1) and joint configurations  *)
(* (4.3), acknowledgements that tell what was received from what is on     *)
(* stable storage (10.2.1). There is no time here: whatever a timer may    *)
(* do may be done at any moment, and check-quorum and stickiness are such  *)
(* moments, not rules of safety.                                           *)
(*                                                                         *)
(* The network loses, repeats and reorders: a message once sent may be     *)
(* received at any later time, any number of times, or never.              *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
    Node,                  \* All that may ever take part.
    Nobody,                \* Where a vote has not been given.
    First,                 \* With any of these a group may begin: a configuration, in term 1.
    TermOf(_),             \* An entry is whatever has a term and,
    ConfigurationOf(_),    \* if it is to change the members, a configuration; else NoConfiguration.
    NewEntries(_),         \* The entries that a leader of a term might make.
    Planted                \* Bugs, by name, so that one can see that they are noticed.

VARIABLES
    server,      \* [Node -> what that node is and knows]
    messages,    \* All that were ever sent.
    leaders,     \* History: every <<term, node>> such that the node was elected in the term.
    decided,     \* History: for each index the entry that was committed first, and the leader's term then.
    told         \* History: every vote that left its node: <<voter, term, candidate>>.

vars == <<server, messages, leaders, decided, told>>

-----------------------------------------------------------------------------
(* A step's conditions, each with the words that say what is wrong where it does not hold.  *)

Need(what, condition) == condition

Unless(bug, condition) == bug \in Planted \/ condition

Min(a, b) == IF a < b THEN a ELSE b
Max(a, b) == IF a > b THEN a ELSE b
Least(set) == CHOOSE x \in set : \A y \in set : x <= y
Largest(set) == CHOOSE x \in set : \A y \in set : x >= y

-----------------------------------------------------------------------------
(* Configurations. While a joint one is in force, outgoing are the voters of the old one.     *)

NoConfiguration == [voters |-> {}, outgoing |-> {}, learners |-> {}]

IsMajority(some, all) == 2 * Cardinality(some \intersect all) > Cardinality(all)

(* Section 5.2, and for joint configurations 4.3 of the dissertation.                         *)
IsQuorum(some, c) ==
    /\ IsMajority(some, c.voters)
    /\ c.outgoing = {} \/ IsMajority(some, c.outgoing)

IsVoter(n, c) == n \in c.voters \/ n \in c.outgoing
IsMember(n, c) == IsVoter(n, c) \/ n \in c.learners

-----------------------------------------------------------------------------
(* One node. What it holds, and how its disk follows.                                         *)
(*                                                                                            *)
(* disk is what a crash certainly leaves. pending are the states that came after it, in their *)
(* order: the disk may have reached any of them, and a sync says which one it has. A state's  *)
(* known is up to where the node knows its present log to be on the disk when that state is.  *)

LastIndex(s) == Len(s.log)
TermAt(log, i) == IF i = 0 THEN 0 ELSE TermOf(log[i])
LastTerm(s) == TermAt(s.log, Len(s.log))

ConfigurationIndexes(log) == {i \in 1..Len(log) : ConfigurationOf(log[i]) # NoConfiguration}

ConfigurationIndex(log) ==
    LET all == ConfigurationIndexes(log) IN IF all = {} THEN 0 ELSE Largest(all)

(* In force is the last one in the log, committed or not (dissertation, 4.1).                  *)
Configuration(log) ==
    LET i == ConfigurationIndex(log) IN IF i = 0 THEN NoConfiguration ELSE ConfigurationOf(log[i])

EmptyDisk == [term |-> 0, vote |-> Nobody, log |-> <<>>, known |-> 0]
NoMatch == [n \in Node |-> 0]

(* What a node forgets in a crash.                                                            *)
Off(disk, pending) ==
    [up |-> FALSE, role |-> "down", term |-> 0, vote |-> Nobody, log |-> <<>>, commit |-> 0,
     disk |-> disk, pending |-> pending, preVotes |-> {}, votes |-> {}, matched |-> 0, match |-> NoMatch]

(* The state with this term, vote and log, on its way to the disk.                            *)
Written(s, term, vote, log) ==
    LET state == [term |-> term, vote |-> vote, log |-> log, known |-> Len(log)]
    IN [s EXCEPT !.term = term, !.vote = vote, !.log = log, !.pending = Append(@, state)]

(* Cutting the log off: what was on its way to the disk says nothing about what comes in the  *)
(* place of what was cut off.                                                                 *)
CutOff(s, i) ==
    LET cut == [s EXCEPT !.disk.known = Min(@, i - 1),
                         !.pending = [k \in DOMAIN @ |-> [@[k] EXCEPT !.known = Min(@, i - 1)]]]
    IN Written(cut, s.term, s.vote, SubSeq(s.log, 1, i - 1))

Durable(s) == s.disk.known
IsTermDurable(s) == s.disk.term = s.term
IsVoteDurable(s) == s.disk.term = s.term /\ s.disk.vote = s.vote

As(s, role) == [s EXCEPT !.role = role, !.preVotes = {}, !.votes = {}, !.match = NoMatch]

Becomes(n, s) == server' = [server EXCEPT ![n] = s]
Send(m) == messages' = messages \union {m}
IsSent(m) == m \in messages

Keep(n) == UNCHANGED server
Silent == UNCHANGED messages
NoHistory == UNCHANGED <<leaders, decided, told>>

Init ==
    /\ server = [n \in Node |-> Off(EmptyDisk, <<>>)]
    /\ messages = {}
    /\ leaders = {}
    /\ decided = <<>>
    /\ told = {}

-----------------------------------------------------------------------------
(* Disk and life.                                                                             *)

(* A sync is over: the disk is certain to hold the k-th of the states on their way.           *)
Sync(n, k) ==
    LET s == server[n] IN
    /\ Need("the node is up", s.up)
    /\ Need("that state is on its way to the disk", k \in 1..Len(s.pending))
    /\ Becomes(n, [s EXCEPT !.disk = s.pending[k], !.pending = SubSeq(@, k + 1, Len(@))])
    /\ Silent /\ NoHistory

Crash(n) ==
    LET s == server[n] IN
    /\ Need("the node is up", s.up)
    /\ Becomes(n, Off(s.disk, s.pending))
    /\ Silent /\ NoHistory

(* A snapshot's end: entries up to i, all of them committed, in place of a log that does not  *)
(* hold them.                                                                                  *)
Prefix(i) == [k \in 1..i |-> decided[k].entry]
IsCommitted(i) == i <= Len(decided)
Lifted(log, i) ==
    IF i = 0 \/ (Len(log) >= i /\ TermOf(log[i]) = TermOf(decided[i].entry)) THEN log ELSE Prefix(i)

(* The disk has what was durable, or any later state that was on its way; k = 0 is the former. *)
(* And it may have a snapshot that ends at i, which may have come without the term of its end.  *)
Recover(n, k, i) ==
    LET s == server[n]
        found == IF k = 0 THEN s.disk ELSE s.pending[k]
        log == Lifted(found.log, i)
        disk == [found EXCEPT !.log = log, !.known = Len(log)]
        up == [Off(disk, <<>>) EXCEPT !.up = TRUE, !.role = "follower", !.commit = i,
                                      !.term = disk.term, !.vote = disk.vote, !.log = log]
    IN
    /\ Need("the node is down", ~s.up)
    /\ Need("the disk may have that state", k \in 0..Len(s.pending))
    /\ Need("a snapshot stands for what is committed", IsCommitted(i))
    /\ Becomes(n, IF LastTerm(up) > up.term THEN Written(up, LastTerm(up), Nobody, log) ELSE up)
    /\ Silent /\ NoHistory

(* A founder's first start: all founders are given the same first entry.                      *)
Bootstrap(n, e) ==
    LET s == server[n] IN
    /\ Need("the node is up", s.up)
    /\ Need("a group begins with its configuration", e \in First)
    /\ Need("only founders begin a group", IsMember(n, ConfigurationOf(e)))
    /\ Need("a group begins once", s.term = 0 /\ s.log = <<>>)
    /\ Becomes(n, Written(s, TermOf(e), Nobody, <<e>>))
    /\ Silent /\ NoHistory

-----------------------------------------------------------------------------
(* Terms and roles (section 5.1).                                                              *)

(* A pre-vote's request, and its grant, name a term in which nobody is yet.                    *)
SpeaksForItsTerm(m) ==
    /\ m.type # "RequestPreVote"
    /\ ~(m.type = "PreVoteReply" /\ m.granted)

Hears(n, m) ==
    /\ Need("the node is up", server[n].up)
    /\ Need("what is received was sent", IsSent(m))
    /\ Need("a message reaches whom it was sent to", m.to = n)

EnterTerm(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Need("the message says that its sender is in its term", SpeaksForItsTerm(m))
    /\ Need("a term is entered when it is later than the node's own", m.term > s.term)
    /\ Becomes(n, [Written(As(s, "follower"), m.term, Nobody, s.log) EXCEPT !.matched = 0])
    /\ Silent /\ NoHistory

(* Without a majority heard, with a leader of its term heard, or refused: always safe.         *)
StepDown(n) ==
    LET s == server[n] IN
    /\ Need("the node is up", s.up)
    /\ Becomes(n, As(s, "follower"))
    /\ Silent /\ NoHistory

-----------------------------------------------------------------------------
(* Elections (section 5.2).                                                                    *)

(* Section 5.4.1.                                                                              *)
IsUpToDate(m, s) ==
    \/ m.lastTerm > LastTerm(s)
    \/ m.lastTerm = LastTerm(s) /\ m.lastIndex >= LastIndex(s)

(* Anybody may campaign, among the voters of the configuration that its own log has in force:  *)
(* a node that it leaves out may still hold the longest log that a majority needs (4.2.2).      *)
StartPreVote(n) ==
    LET s == server[n] IN
    /\ Need("the node is up", s.up)
    /\ Need("a leader does not campaign", s.role # "leader")
    /\ Becomes(n, [As(s, "pre-candidate") EXCEPT !.preVotes = {n}])
    /\ Silent /\ NoHistory

RequestPreVote(n, to) ==
    LET s == server[n] IN
    [type |-> "RequestPreVote", from |-> n, to |-> to, term |-> s.term + 1,
     lastIndex |-> LastIndex(s), lastTerm |-> LastTerm(s)]

AskPreVote(n, m) ==
    /\ Need("only a pre-candidate asks for pre-votes", server[n].role = "pre-candidate")
    /\ Need("it asks for the next term and tells where its log ends", m = RequestPreVote(n, m.to))
    /\ Send(m) /\ Keep(n) /\ NoHistory

(* Promises nothing, so it needs nothing but a log that the node could vote for.               *)
AnswerPreVote(n, request, m) ==
    LET s == server[n] IN
    /\ Hears(n, request)
    /\ Need("an answer goes to who asked", request.type = "RequestPreVote" /\ m.to = request.from)
    /\ IF m.granted
       THEN /\ Need("a granted pre-vote names the term that was asked for", m.term = request.term)
            /\ Need("no pre-vote for a term that is over", request.term > s.term)
            /\ Need("no pre-vote for a log that is behind", IsUpToDate(request, s))
       ELSE Need("a refusal names the node's own term", m.term = s.term)
    /\ Send(m) /\ Keep(n) /\ NoHistory

TakePreVote(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Becomes(n, IF m.granted /\ s.role = "pre-candidate" /\ m.term = s.term + 1
                  THEN [s EXCEPT !.preVotes = @ \union {m.from}]
                  ELSE s)
    /\ Silent /\ NoHistory

Campaigns(n) ==
    LET s == server[n] IN
    /\ Becomes(n, [Written(As(s, "candidate"), s.term + 1, n, s.log) EXCEPT !.votes = {n}, !.matched = 0])
    /\ Silent /\ NoHistory

Campaign(n) ==
    LET s == server[n] IN
    /\ Need("a majority granted its pre-vote",
            s.role = "pre-candidate" /\ IsQuorum(s.preVotes, Configuration(s.log)))
    /\ Campaigns(n)

(* The leader has asked for it (dissertation, 3.10).                                           *)
CampaignWhenAsked(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Need("the leader of the node's term hands over", m.type = "TimeoutNow" /\ m.term = s.term)
    /\ Need("only a voter that follows is handed leadership", s.role = "follower" /\ IsVoter(n, Configuration(s.log)))
    /\ Campaigns(n)

AskVote(n, m) ==
    LET s == server[n] IN
    /\ Need("only a candidate asks for votes", s.role = "candidate")
    /\ Need("it asks in its term and tells where its log ends",
            m.term = s.term /\ m.lastIndex = LastIndex(s) /\ m.lastTerm = LastTerm(s))
    /\ Need("its own vote is durable before it asks", Unless("asks-early", IsVoteDurable(s)))
    /\ Send(m)
    /\ told' = told \union {<<n, s.term, n>>}
    /\ Keep(n) /\ UNCHANGED <<leaders, decided>>

GrantVote(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Need("the vote was asked for", m.type = "RequestVote")
    /\ Need("a vote is given in the node's own term", m.term = s.term)
    /\ Need("one vote in a term", s.vote = Nobody)
    /\ Need("no vote for a log that is behind", Unless("votes-for-any-log", IsUpToDate(m, s)))
    /\ Becomes(n, Written(s, s.term, m.from, s.log))
    /\ Silent /\ NoHistory

(* A follower may keep its vote of a term from everybody: by giving it to itself, and telling nobody. *)
KeepVote(n) ==
    LET s == server[n] IN
    /\ Need("only a follower keeps its vote to itself", s.role = "follower")
    /\ Need("one vote in a term", s.vote = Nobody)
    /\ Becomes(n, Written(s, s.term, n, s.log))
    /\ Silent /\ NoHistory

TellVote(n, m) ==
    LET s == server[n] IN
    /\ Need("a reply names the node's own term", m.term = s.term)
    /\ m.granted => /\ Need("the vote that is told is the one that was given", s.vote = m.to)
                    /\ Need("a vote is durable before it is told", Unless("vote-told-early", IsVoteDurable(s)))
    /\ Send(m)
    /\ told' = IF m.granted THEN told \union {<<n, m.term, m.to>>} ELSE told
    /\ Keep(n) /\ UNCHANGED <<leaders, decided>>

TakeVote(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Becomes(n, IF m.granted /\ s.role = "candidate" /\ m.term = s.term
                  THEN [s EXCEPT !.votes = @ \union {m.from}]
                  ELSE s)
    /\ Silent /\ NoHistory

Win(n) ==
    LET s == server[n] IN
    /\ Need("only a candidate is elected", s.role = "candidate")
    /\ Need("a majority voted for it", IsQuorum(s.votes, Configuration(s.log)))
    /\ Need("its own vote is durable before it counts", Unless("asks-early", IsVoteDurable(s)))
    /\ Becomes(n, As(s, "leader"))
    /\ leaders' = leaders \union {<<s.term, n>>}
    /\ Silent /\ UNCHANGED <<decided, told>>

-----------------------------------------------------------------------------
(* Replication (section 5.3).                                                                  *)

(* A leader adds to its own log; by no other step does its log change.                         *)
Leads(n, e) ==
    LET s == server[n] IN
    /\ Need("only a leader makes entries", s.role = "leader")
    /\ Need("a leader makes entries of its own term", TermOf(e) = s.term)
    /\ Becomes(n, Written(s, s.term, s.vote, Append(s.log, e)))
    /\ Silent /\ NoHistory

Propose(n, e) ==
    /\ Need("no configuration", ConfigurationOf(e) = NoConfiguration)
    /\ Leads(n, e)

AppendEntries(n, to, prev, last, commit) ==
    LET s == server[n] IN
    [type |-> "AppendEntries", from |-> n, to |-> to, term |-> s.term, prevIndex |-> prev,
     prevTerm |-> TermAt(s.log, prev), entries |-> SubSeq(s.log, prev + 1, last), commit |-> commit]

LastOf(m) == m.prevIndex + Len(m.entries)

SendEntries(n, m) ==
    LET s == server[n] IN
    /\ Need("only a leader replicates", s.role = "leader")
    /\ Need("a leader sends what it has", LastOf(m) <= LastIndex(s))
    /\ Need("a leader sends what it knows to be committed", m.commit <= s.commit)
    /\ Need("a leader sends its own log in its own term",
            m = AppendEntries(n, m.to, m.prevIndex, LastOf(m), m.commit))
    /\ Send(m) /\ Keep(n) /\ NoHistory

(* Whether the log has the entry that the message builds on: then both are equal up to there.  *)
MatchesBefore(log, m) == m.prevIndex <= Len(log) /\ TermAt(log, m.prevIndex) = m.prevTerm

(* The indexes at which log and message have different entries.                                *)
Conflicts(log, m) ==
    {i \in (m.prevIndex + 1)..Min(LastOf(m), Len(log)) : TermAt(log, i) # TermOf(m.entries[i - m.prevIndex])}

Follows(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Need("entries come by AppendEntries", m.type = "AppendEntries")
    /\ Need("a follower takes entries in the leader's term", s.role = "follower" /\ m.term = s.term)
    /\ Need("the log matches before the entries", MatchesBefore(s.log, m))

(* Only what contradicts the leader is cut off, and all that is behind it.                     *)
CutConflict(n, m, i) ==
    LET s == server[n] IN
    /\ Follows(n, m)
    /\ Need("only what contradicts the leader is cut off", Conflicts(s.log, m) # {})
    /\ Need("it is cut off from the first contradiction on", i = Least(Conflicts(s.log, m)))
    /\ Need("nothing committed is cut off", i > s.commit)
    /\ Becomes(n, CutOff(s, i))
    /\ Silent /\ NoHistory

(* Appends what is missing, if anything is; then the log holds all that the message has.       *)
Accept(n, m) ==
    LET s == server[n]
        lacking == SubSeq(m.entries, LastIndex(s) - m.prevIndex + 1, Len(m.entries))
        log == IF LastOf(m) > LastIndex(s) THEN s.log \o lacking ELSE s.log
        matching == [s EXCEPT !.matched = Max(@, LastOf(m))]
    IN
    /\ Follows(n, m)
    /\ Need("what contradicts the leader is cut off first", Conflicts(s.log, m) = {})
    /\ Becomes(n, IF log = s.log THEN matching ELSE Written(matching, s.term, s.vote, log))
    /\ Silent /\ NoHistory

(* What the node received, and of it what it has on stable storage: only that may be counted.  *)
Acknowledge(n, m) ==
    LET s == server[n] IN
    /\ Need("only a follower acknowledges", s.role = "follower")
    /\ Need("an acknowledgement names the node's own term", m.term = s.term)
    /\ Need("the term is durable before anything is acknowledged in it", IsTermDurable(s))
    /\ Need("what was received was shown to match in this term", m.received <= s.matched)
    /\ Need("no more is durable than was received", m.durable <= m.received)
    /\ Need("what is acknowledged is durable", Unless("acknowledges-early", m.durable <= Durable(s)))
    /\ Send(m) /\ Keep(n) /\ NoHistory

TakeAcknowledgement(n, m) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Becomes(n, IF s.role = "leader" /\ m.term = s.term
                  THEN [s EXCEPT !.match[m.from] = Max(@, m.durable)]
                  ELSE s)
    /\ Silent /\ NoHistory

Refuse(n, request, m) ==
    LET s == server[n] IN
    /\ Hears(n, request)
    /\ Need("a refusal goes to who sent", request.type \in {"AppendEntries", "InstallSnapshot"} /\ m.to = request.from)
    /\ Need("a refusal names the node's own term, and what it refuses",
            /\ m.term = s.term
            /\ m.refused = IF request.type = "AppendEntries" THEN request.prevIndex ELSE request.index)
    /\ Need("what is refused is of a term that is over, or does not match",
            request.term < s.term \/ (request.type = "AppendEntries" /\ ~MatchesBefore(s.log, request)))
    /\ Send(m) /\ Keep(n) /\ NoHistory

-----------------------------------------------------------------------------
(* Commitment (sections 5.3 and 5.4.2).                                                        *)

Holders(n, s, i) ==
    {m \in Node : IF m = n THEN Durable(s) >= i ELSE s.match[m] >= i}

Commits(n, s, i) ==
    /\ Becomes(n, [s EXCEPT !.commit = i])
    /\ decided' = decided \o [k \in 1..(Max(i, Len(decided)) - Len(decided)) |->
                                 [entry |-> s.log[Len(decided) + k], term |-> s.term]]
    /\ Silent /\ UNCHANGED <<leaders, told>>

Commit(n, i) ==
    LET s == server[n] IN
    /\ Need("only a leader commits by counting", s.role = "leader")
    /\ Need("what is committed is in the log", i <= LastIndex(s))
    /\ Need("the commit index rises", i > s.commit)
    /\ Need("by counting, only an entry of the leader's own term is committed",
            Unless("counts-old-terms", TermOf(s.log[i]) = s.term))
    /\ Need("a majority has it on stable storage", IsQuorum(Holders(n, s, i), Configuration(s.log)))
    /\ Commits(n, s, i)

(* A follower commits on its leader's word, as far as the message shows its log to match.      *)
LearnCommit(n, m) ==
    LET s == server[n]
        i == Min(m.commit, LastOf(m))
    IN
    /\ Follows(n, m)
    /\ Need("the log holds all that the message has",
            LastOf(m) <= LastIndex(s) /\ Conflicts(s.log, m) = {})
    /\ Need("the commit index rises", i > s.commit)
    /\ Commits(n, s, i)

-----------------------------------------------------------------------------
(* Members (dissertation, chapter 4), and hand-over (3.10).                                    *)

Apart(a, b) == Cardinality((a \ b) \union (b \ a))

(* One voter more or less, or only learners: majorities before and after share a member.       *)
IsSimpleChange(old, new) ==
    old.outgoing = {} /\ new.outgoing = {} /\ Apart(old.voters, new.voters) <= 1

(* Into a joint configuration, which has the old voters as outgoing; and out of it.            *)
IsJointChange(old, new) ==
    \/ old.outgoing = {} /\ new.outgoing = old.voters
    \/ old.outgoing # {} /\ new.outgoing = {} /\ new.voters = old.voters

Reconfigure(n, e) ==
    LET s == server[n]
        old == Configuration(s.log)
        new == ConfigurationOf(e)
    IN
    /\ Need("a configuration has voters", new.voters # {})
    /\ Need("no node votes and learns", new.voters \intersect new.learners = {})
    /\ Need("majorities before and after share a member", IsSimpleChange(old, new) \/ IsJointChange(old, new))
    /\ Need("the leader has committed in its term",
            Unless("changes-before-commit", s.commit > 0 /\ TermOf(s.log[s.commit]) = s.term))
    /\ Need("the configuration in force is committed", ConfigurationIndex(s.log) <= s.commit)
    /\ Leads(n, e)

HandOver(n, m) ==
    LET s == server[n] IN
    /\ Need("only a leader hands over, in its own term", s.role = "leader" /\ m.term = s.term)
    /\ Need("a voter is handed leadership", IsVoter(m.to, Configuration(s.log)))
    /\ Need("the successor has all entries", s.match[m.to] = LastIndex(s))
    /\ Send(m) /\ Keep(n) /\ NoHistory

-----------------------------------------------------------------------------
(* Snapshots (section 7). The logs here stay whole: what a snapshot stands for is what was     *)
(* committed, so a node that has one is in the state that the entries would have led to.       *)

(* Forgets entries, which changes nothing that is looked at here.                              *)
Compact(n, i) ==
    LET s == server[n] IN
    /\ Need("only what is committed is compacted", i <= s.commit)
    /\ Need("only what is durable is compacted", i <= Durable(s))
    /\ UNCHANGED vars

OfferSnapshot(n, m) ==
    LET s == server[n] IN
    /\ Need("only a leader offers a snapshot, in its own term", s.role = "leader" /\ m.term = s.term)
    /\ Need("a snapshot stands for what is committed", m.index <= s.commit)
    /\ Need("a snapshot ends in an entry of the leader's log", TermAt(s.log, m.index) = m.lastTerm)
    /\ Send(m) /\ Keep(n) /\ NoHistory

(* A follower that does not need the snapshot learns from the offer what is committed.         *)
TakeOffer(n, m, commits) ==
    LET s == server[n] IN
    /\ Hears(n, m)
    /\ Need("a leader of the node's term offers a snapshot", m.type = "InstallSnapshot" /\ m.term = s.term)
    /\ Need("only a follower takes an offer", s.role = "follower")
    /\ Need("the log holds the snapshot's end",
            m.index <= s.commit \/ (m.index <= LastIndex(s) /\ TermAt(s.log, m.index) = m.lastTerm))
    /\ Becomes(n, [s EXCEPT !.matched = Max(@, m.index), !.commit = IF commits THEN Max(@, m.index) ELSE @])
    /\ Silent /\ NoHistory

(* By snapshots alone a node may hear of a later term: something was committed in it.          *)
EnterCommittedTerm(n, term) ==
    LET s == server[n] IN
    /\ Need("the node is up", s.up)
    /\ Need("a term is entered when it is later than the node's own", term > s.term)
    /\ Need("a message or a snapshot tells of the term", \E k \in 1..Len(decided) : TermOf(decided[k].entry) = term)
    /\ Becomes(n, [Written(As(s, "follower"), term, Nobody, s.log) EXCEPT !.matched = 0])
    /\ Silent /\ NoHistory

(* The snapshot is durable before it is in place; so whatever log the disk has, it ends up     *)
(* with at least the snapshot's end. All that is committed is in the leader's log.             *)
Install(n, i) ==
    LET s == server[n]
        log == Lifted(s.log, i)
        Lift(state) == IF Lifted(state.log, i) = state.log /\ log = s.log THEN state
                       ELSE [state EXCEPT !.log = Lifted(@, i), !.known = IF log = s.log THEN @ ELSE i]
        lifted == [s EXCEPT !.disk = Lift(@), !.pending = [k \in DOMAIN @ |-> Lift(@[k])],
                            !.commit = Max(@, i), !.matched = Max(@, Max(s.commit, i))]
    IN
    /\ Need("the node is up", s.up)
    /\ Need("a snapshot stands for what is committed", IsCommitted(i))
    /\ Need("a snapshot is not of a later term than the node", TermOf(decided[i].entry) <= s.term)
    /\ Need("a snapshot replaces no committed entry", log = s.log \/ i > s.commit)
    /\ Need("a leader's log is not replaced", log = s.log \/ s.role # "leader")
    /\ Becomes(n, IF log = s.log THEN lifted ELSE Written(lifted, s.term, s.vote, log))
    /\ Silent /\ NoHistory

(* Reads beside the log (dissertation, 6.4), of which only this much is here: what a reader is *)
(* told to wait for was committed. Speak is for what else says nothing but its sender's term.  *)
Speak(n, m) ==
    /\ Need("a message names its sender's own term", m.term = server[n].term)
    /\ Send(m) /\ Keep(n) /\ NoHistory

(* Whom nobody counts on yet asks the others for their terms; the question names one that it has heard. *)
Ask(n, m) ==
    /\ Need("the node is up", server[n].up)
    /\ Send(m) /\ Keep(n) /\ NoHistory

AnswerRead(n, m) ==
    /\ Need("an answer names the node's own term", m.term = server[n].term)
    /\ Need("what a reader waits for is committed", m.index <= server[n].commit)
    /\ Send(m) /\ Keep(n) /\ NoHistory

-----------------------------------------------------------------------------
(* Everything that may happen next, but for reads, which change nothing, and votes that are    *)
(* kept, which only take something away.                                                       *)

To(n, type) == {m \in messages : m.to = n /\ m.type = type}

Living(n) ==
    \/ \E k \in 1..Len(server[n].pending) : Sync(n, k)
    \/ Crash(n)
    \/ \E k \in 0..Len(server[n].pending), i \in 0..Len(decided) : Recover(n, k, i)
    \/ \E e \in First : Bootstrap(n, e)
    \/ StepDown(n)
    \/ \E m \in messages : EnterTerm(n, m)
    \/ \E i \in 1..Len(decided) : EnterCommittedTerm(n, decided[i].term)

Electing(n) ==
    \/ StartPreVote(n)
    \/ \E to \in Node \ {n} : AskPreVote(n, RequestPreVote(n, to))
    \/ \E m \in To(n, "RequestPreVote"), granted \in BOOLEAN :
          AnswerPreVote(n, m, [type |-> "PreVoteReply", from |-> n, to |-> m.from, granted |-> granted,
                               term |-> IF granted THEN m.term ELSE server[n].term])
    \/ \E m \in To(n, "PreVoteReply") : TakePreVote(n, m)
    \/ Campaign(n)
    \/ \E m \in To(n, "TimeoutNow") : CampaignWhenAsked(n, m)
    \/ \E to \in Node \ {n} :
          AskVote(n, [type |-> "RequestVote", from |-> n, to |-> to, term |-> server[n].term,
                      lastIndex |-> LastIndex(server[n]), lastTerm |-> LastTerm(server[n])])
    \/ \E m \in To(n, "RequestVote") : GrantVote(n, m)
    \/ \E m \in To(n, "RequestVote"), granted \in BOOLEAN :
          TellVote(n, [type |-> "VoteReply", from |-> n, to |-> m.from, term |-> server[n].term, granted |-> granted])
    \/ \E m \in To(n, "VoteReply") : TakeVote(n, m)
    \/ Win(n)

Replicating(n) ==
    LET s == server[n] IN
    \/ \E e \in NewEntries(s.term) : Propose(n, e) \/ Reconfigure(n, e)
    \/ \E to \in Node \ {n}, prev \in 0..LastIndex(s) : \E last \in prev..LastIndex(s) :
          SendEntries(n, AppendEntries(n, to, prev, last, s.commit))
    \/ \E m \in To(n, "AppendEntries") :
          \/ \E i \in Conflicts(s.log, m) : CutConflict(n, m, i)
          \/ Accept(n, m)
          \/ LearnCommit(n, m)
          \/ Acknowledge(n, [type |-> "AppendAck", from |-> n, to |-> m.from, term |-> s.term,
                             received |-> s.matched, durable |-> Min(s.matched, Durable(s))])
          \/ Refuse(n, m, [type |-> "AppendRefusal", from |-> n, to |-> m.from, term |-> s.term,
                           refused |-> m.prevIndex])
    \/ \E m \in To(n, "AppendAck") : TakeAcknowledgement(n, m)
    \/ \E i \in 1..LastIndex(s) : Commit(n, i)
    \/ \E i \in 1..Len(decided) : Install(n, i)
    \/ \E to \in Node \ {n}, i \in 1..s.commit :
          OfferSnapshot(n, [type |-> "InstallSnapshot", from |-> n, to |-> to, term |-> s.term,
                            index |-> i, lastTerm |-> TermAt(s.log, i)])
    \/ \E m \in To(n, "InstallSnapshot"), commits \in BOOLEAN : TakeOffer(n, m, commits)
    \/ \E to \in Node \ {n} : HandOver(n, [type |-> "TimeoutNow", from |-> n, to |-> to, term |-> s.term])

Next == \E n \in Node : Living(n) \/ (server[n].up /\ (Electing(n) \/ Replicating(n)))

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Figure 3 of the paper. What is said of each node is also defined for one, so that a checker *)
(* of traces needs to look only at the node that moved.                                        *)

(* Election safety: at most one leader in a term.                                              *)
ElectionSafety == \A a, b \in leaders : a[1] = b[1] => a = b

(* What election safety rests on: no node tells two votes in a term, whatever its disk forgot. *)
OneVoteOf(n) == \A a, b \in {x \in told : x[1] = n} : a[2] = b[2] => a = b
OneVote == \A n \in Node : OneVoteOf(n)

(* Leader append-only: as long as a node leads in a term, its log only grows.                  *)
IsPrefix(a, b) == Len(a) <= Len(b) /\ a = SubSeq(b, 1, Len(a))

GrowsWhileLeading(before, after) ==
    before.role = "leader" /\ after.role = "leader" /\ before.term = after.term => IsPrefix(before.log, after.log)

LeaderAppendOnly == [][\A n \in Node : GrowsWhileLeading(server[n], server'[n])]_vars

(* Log matching: entries of one index and term are the same, and so are those before them.     *)
(* That it holds for the one before suffices, since it holds for every index.                  *)
LogsMatch(a, b, from) ==
    \A i \in from..Min(Len(a), Len(b)) :
        TermOf(a[i]) = TermOf(b[i]) => a[i] = b[i] /\ (i > 1 => a[i - 1] = b[i - 1])

LogMatchingOf(a, from) == \A b \in Node : LogsMatch(server[a].log, server[b].log, from)
LogMatching == \A a \in Node : LogMatchingOf(a, 1)

(* Leader completeness: what was committed is in the log of every leader of a later term.      *)
LeaderCompletenessOf(n) ==
    LET s == server[n] IN
    s.role = "leader" =>
        \A i \in 1..Len(decided) :
            decided[i].term < s.term => i <= Len(s.log) /\ s.log[i] = decided[i].entry
LeaderCompleteness == \A n \in Node : LeaderCompletenessOf(n)

(* State machine safety: no two nodes ever take different entries at one index for committed.  *)
StateMachineSafetyOf(n) ==
    LET s == server[n] IN
    /\ s.commit <= Len(s.log)
    /\ s.commit <= Len(decided)
    /\ \A i \in 1..s.commit : s.log[i] = decided[i].entry
StateMachineSafety == \A n \in Node : StateMachineSafetyOf(n)

(* What safety rests on beside: terms do not fall along a log, and none is of a later term;    *)
(* what a node holds to be durable is on its disk.                                             *)
SoundOf(n) ==
    LET s == server[n] IN
    s.up =>
        /\ \A i \in 2..Len(s.log) : TermOf(s.log[i - 1]) <= TermOf(s.log[i])
        /\ LastTerm(s) <= s.term
        /\ Durable(s) <= Min(Len(s.log), Len(s.disk.log))
        /\ SubSeq(s.log, 1, Durable(s)) = SubSeq(s.disk.log, 1, Durable(s))
Sound == \A n \in Node : SoundOf(n)
=============================================================================
