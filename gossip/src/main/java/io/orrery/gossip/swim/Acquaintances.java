package io.orrery.gossip.swim;

import io.orrery.gossip.Member;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.List;

/**
 * Members to be acquainted with, all ALIVE: made once, and shared by all nodes of a simulation that are given them, each of
 * which copies them when the first of them changes. Immutable.
 */
public final class Acquaintances {
    private final Member[] sorted;
    private final Member[] slots;
    private final NodeId[] names;
    private final long digest;

    /**
     * @param members sorted by name
     */
    public Acquaintances(List<Member> members) {
        sorted = members.toArray(new Member[0]);
        for (int i = 1; i < sorted.length; i++) {
            Check.argument(sorted[i - 1].node().compareTo(sorted[i].node()) < 0, "acquaintances are sorted by name");
        }
        for (Member member : sorted) {
            Check.argument(member.isLive(), "acquaintances are alive", member.node());
        }
        slots = MemberArray.slotted(sorted, sorted.length);
        names = new NodeId[sorted.length];
        long all = 0;
        for (int i = 0; i < sorted.length; i++) {
            names[i] = sorted[i].node();
            all ^= MemberTable.fingerprint(sorted[i]);
        }
        digest = all;
    }

    public int size() {
        return sorted.length;
    }

    public Member at(int index) {
        return sorted[index];
    }

    /** Sorted; not to be written to. */
    NodeId[] names() {
        return names;
    }

    /** Of a table that holds these and nobody else: see {@link MemberTable#digest}. */
    long digest() {
        return digest;
    }

    /** Not to be written to. */
    Member[] sorted() {
        return sorted;
    }

    /** As {@link MemberArray} finds them; not to be written to. */
    Member[] slots() {
        return slots;
    }
}
