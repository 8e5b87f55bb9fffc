package io.orrery.gossip.swim;

import io.orrery.gossip.Member;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Arrays;
import java.util.List;

/**
 * Members in one array, sorted by name: a reference each, where a tree takes ten times as much. Members are immutable, so
 * nodes of one process may share them.
 *
 * <ul>
 *   <li>A1: names rise strictly along the array.
 * </ul>
 */
final class MemberArray {
    private static final Member[] EMPTY = new Member[0];

    private Member[] members = EMPTY;
    private int size;
    private int restructured;

    int size() {
        return size;
    }

    Member at(int index) {
        return members[index];
    }

    /** Rises whenever a member comes or goes, so that who walks along the array notices. */
    int restructured() {
        return restructured;
    }

    /** Where a member is, or -(where it belongs) - 1. */
    int indexOf(NodeId node) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = members[middle].node().compareTo(node);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** What is held of a node, or null. */
    Member find(NodeId node) {
        int index = indexOf(node);
        return index < 0 ? null : members[index];
    }

    /**
     * Adds or replaces.
     *
     * @return what was there before, or null
     */
    Member put(Member member) {
        int index = indexOf(member.node());
        if (index >= 0) {
            Member before = members[index];
            members[index] = member;
            return before;
        }
        insert(-index - 1, member);
        return null;
    }

    private void insert(int at, Member member) {
        if (size == members.length) {
            members = Arrays.copyOf(members, Math.max(8, size + (size >> 1)));
        }
        System.arraycopy(members, at, members, at + 1, size - at);
        members[at] = member;
        size++;
        restructured++;
        Check.that(at == 0 || members[at - 1].node().compareTo(member.node()) < 0, "A1: names rise");
        Check.that(at == size - 1 || member.node().compareTo(members[at + 1].node()) < 0, "A1: names rise");
    }

    /** Takes these for all there are. */
    void fill(List<Member> sorted) {
        Member[] filled = sorted.toArray(EMPTY);
        for (int i = 1; i < filled.length; i++) {
            Check.that(filled[i - 1].node().compareTo(filled[i].node()) < 0, "A1: names rise");
        }
        members = filled;
        size = filled.length;
        restructured++;
    }

    /** Removes a member and returns it; null if there is none. */
    Member remove(NodeId node) {
        int index = indexOf(node);
        if (index < 0) {
            return null;
        }
        Member last = members[index];
        size--;
        System.arraycopy(members, index + 1, members, index, size - index);
        members[size] = null;
        restructured++;
        return last;
    }
}
