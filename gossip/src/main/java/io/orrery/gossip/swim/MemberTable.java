package io.orrery.gossip.swim;

import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import java.util.SortedMap;

/**
 * What this node holds of each member. Decides nothing.
 *
 * <ul>
 *   <li>I1: this node itself is always in the table.
 *   <li>I2: the live peers are the ALIVE and SUSPECT members but this node.
 *   <li>I3: the counts are the numbers of members in those states.
 * </ul>
 */
public final class MemberTable {
    private final NodeId self;
    /** What the table holds of this node: asked for with every message. */
    private Member own;

    private final MemberArray members = new MemberArray();
    private final SortedMap<NodeId, Member> view = new MembersView(members);
    private final LivePeers peers = new LivePeers();
    private int suspects;
    private int gone;
    private long changes;
    /** Over all members; follows each change once it has been asked for. */
    private long digest;

    private boolean hasDigest;

    public MemberTable(Member self) {
        this.self = self.node();
        own = self;
        members.put(self);
    }

    public Member self() {
        return own;
    }

    /** What is held of a node, or null. */
    public Member member(NodeId node) {
        return members.find(node);
    }

    public SortedMap<NodeId, Member> view() {
        return view;
    }

    public LivePeers peers() {
        return peers;
    }

    public int size() {
        return members.size();
    }

    /** Live members with this node: N in the paper's formulas. */
    public int liveCount() {
        return peers.size() + 1;
    }

    /** Members other than this node that are SUSPECT. */
    public int suspectCount() {
        return suspects;
    }

    /** Members other than this node that are DEAD or LEFT. */
    public int goneCount() {
        return gone;
    }

    /**
     * Equal for two tables that hold the same state and incarnation of each member, and else, as good as certainly, not: the
     * exclusive or over all members of what its fingerprint makes of each.
     */
    public long digest() {
        if (!hasDigest) {
            digest = 0;
            for (int i = 0; i < members.size(); i++) {
                digest ^= fingerprint(members.at(i));
            }
            hasDigest = true;
        }
        return digest;
    }

    private long digestOf(Member member) {
        return member == null || !hasDigest ? 0 : fingerprint(member);
    }

    /** A function of the member alone: the same on every node. */
    static long fingerprint(Member member) {
        String name = member.node().name();
        long hash = member.state().ordinal();
        for (int i = 0; i < name.length(); i++) {
            hash = hash * 0x100000001B3L + name.charAt(i);
        }
        hash = Prng.mix(hash) + member.incarnation().generation();
        return Prng.mix(Prng.mix(hash) + member.incarnation().refutations());
    }

    /** Rises with every change, so that a watcher knows when to look. */
    public long changes() {
        return changes;
    }

    /**
     * Replaces what is held of a member.
     *
     * @return what was held before, or null
     */
    public Member put(Member member) {
        Member before = members.put(member);
        changes++;
        digest ^= digestOf(before) ^ digestOf(member);
        if (member.node().equals(self)) {
            own = member;
        } else {
            count(before, -1);
            count(member, 1);
            boolean wasLive = before != null && before.isLive();
            if (member.isLive() && !wasLive) {
                peers.add(member.node());
            } else if (wasLive && !member.isLive()) {
                peers.remove(member.node());
            }
        }
        return before;
    }

    /** Takes these, with what the table holds of this node, for all members there are. */
    public void fill(Acquaintances known) {
        Check.that(members.size() == 1, "I2: only a table of this node alone is filled");
        members.fill(known);
        Check.that(members.find(self) == own, "I1: this node itself is always in the table");
        peers.fill(known, self);
        changes++;
        digest = known.digest();
        hasDigest = true;
    }

    /** Forgets a DEAD or LEFT member. */
    public Member remove(NodeId node) {
        Check.that(!node.equals(self), "I1: a node does not forget itself");
        Member last = members.remove(node);
        Check.that(last != null && !last.isLive(), "only the dead are forgotten");
        changes++;
        digest ^= digestOf(last);
        count(last, -1);
        return last;
    }

    private void count(Member member, int by) {
        if (member == null) {
            return;
        }
        if (member.state() == MemberState.SUSPECT) {
            suspects += by;
        } else if (!member.isLive()) {
            gone += by;
        }
    }

    public void checkInvariants() {
        Check.that(own.node().equals(self), "I1: a node is a member of its own cluster");
        Check.that(
                peers.size() + gone + 1 == members.size(),
                "I2: each peer is live or gone",
                peers.size(),
                gone,
                members.size());
        Check.that(suspects >= 0 && suspects <= peers.size(), "I3: suspects are live", suspects, peers.size());
    }
}
