package io.orrery.gossip.swim;

import io.orrery.gossip.Member;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.Arrays;

/**
 * Members in an array sorted by name, to be walked along, and in one of slots, to be found: about ten bytes each, where a tree
 * takes forty. Members are immutable, so nodes of one process may share them; and they share the arrays as well, until they
 * differ in more than a few members.
 *
 * <ul>
 *   <li>A1: names rise strictly along the array.
 *   <li>A2: each member is in one slot, the first free one from its name's hash on; a slot in four at least is free.
 *   <li>A3: shared arrays are not written to: what this node holds instead of a few of their members lies beside them, one
 *       for one, and not in order. When there would be more than {@link #CHANGED_MAX}, or a member comes or goes, they are copied.
 * </ul>
 */
final class MemberArray {
    private static final int SLOTS_MIN = 8;
    private static final int CHANGED_MAX = 16;
    private static final int CHANGED_MIN = 4;

    private Member[] members = new Member[0];
    private Member[] slots = new Member[SLOTS_MIN];
    private int size;
    private boolean isShared;
    /** A3: members of the shared arrays, and behind each what is held instead; null as long as there are none. */
    private Member[] changed;

    private int changedCount;
    private int restructured;

    int size() {
        return size;
    }

    Member at(int index) {
        return held(members[index]);
    }

    /** A3: what is held where the array has this member. */
    private Member held(Member member) {
        for (int i = 0; i < changedCount; i++) {
            if (changed[2 * i] == member) {
                return changed[2 * i + 1];
            }
        }
        return member;
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
        return held(slots[slotOf(slots, node)]);
    }

    /** Where a member is, or the free slot where it would be. */
    private static int slotOf(Member[] slots, NodeId node) {
        int mask = slots.length - 1;
        int slot = node.name().hashCode() * 0x9E3779B9 >>> 15 & mask;
        while (slots[slot] != null && !slots[slot].node().equals(node)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** A2: the first of these, so many, in slots. */
    static Member[] slotted(Member[] members, int size) {
        int capacity = SLOTS_MIN;
        while (capacity * 3L < size * 4L) {
            capacity *= 2;
        }
        Member[] slots = new Member[capacity];
        for (int i = 0; i < size; i++) {
            slots[slotOf(slots, members[i].node())] = members[i];
        }
        return slots;
    }

    /**
     * Adds or replaces.
     *
     * @return what was there before, or null
     */
    Member put(Member member) {
        int slot = slotOf(slots, member.node());
        if (isShared && slots[slot] != null) {
            Member held = held(slots[slot]);
            if (maybeChange(slots[slot], member)) {
                return held;
            }
        }
        own();
        Member before = slots[slot];
        int index = indexOf(member.node());
        Check.that(index >= 0 == (before != null), "A2: who is in the array is in a slot");
        if (before != null) {
            members[index] = member;
            slots[slot] = member;
            return before;
        }
        insert(-index - 1, member);
        if (size * 4L > slots.length * 3L) {
            slots = slotted(members, size);
        } else {
            slots[slot] = member;
        }
        return null;
    }

    /** A3: keeps a member beside the arrays if there is room. */
    private boolean maybeChange(Member member, Member instead) {
        int at = 0;
        while (at < changedCount && changed[2 * at] != member) {
            at++;
        }
        if (at == CHANGED_MAX) {
            return false;
        }
        if (changed == null) {
            changed = new Member[2 * CHANGED_MIN];
        } else if (2 * at == changed.length) {
            changed = Arrays.copyOf(changed, 2 * changed.length);
        }
        changed[2 * at] = member;
        changed[2 * at + 1] = instead;
        changedCount = Math.max(changedCount, at + 1);
        return true;
    }

    private void insert(int at, Member member) {
        if (size == members.length) {
            members = Arrays.copyOf(members, Math.max(SLOTS_MIN, size + (size >> 1)));
        }
        System.arraycopy(members, at, members, at + 1, size - at);
        members[at] = member;
        size++;
        restructured++;
        Check.that(at == 0 || members[at - 1].node().compareTo(member.node()) < 0, "A1: names rise");
        Check.that(at == size - 1 || member.node().compareTo(members[at + 1].node()) < 0, "A1: names rise");
    }

    /** Takes these for all there are. */
    void fill(Acquaintances known) {
        members = known.sorted();
        slots = known.slots();
        size = known.size();
        isShared = true;
        restructured++;
    }

    /** A3. */
    private void own() {
        if (isShared) {
            members = members.clone();
            slots = slots.clone();
            for (int i = 0; i < changedCount; i++) {
                Member held = changed[2 * i + 1];
                members[indexOf(held.node())] = held;
                slots[slotOf(slots, held.node())] = held;
            }
            changed = null;
            changedCount = 0;
            isShared = false;
        }
    }

    /** Removes a member and returns it; null if there is none. */
    Member remove(NodeId node) {
        int index = indexOf(node);
        if (index < 0) {
            return null;
        }
        own();
        Member last = members[index];
        size--;
        System.arraycopy(members, index + 1, members, index, size - index);
        members[size] = null;
        slots = slotted(members, size);
        restructured++;
        return last;
    }
}
