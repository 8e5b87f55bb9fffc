package io.orrery.gossip.swim;

import io.orrery.gossip.Member;
import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;

/** A {@link MemberArray}, or a range of its names, as a read-only sorted map that follows it. */
final class MembersView extends AbstractMap<NodeId, Member> implements SortedMap<NodeId, Member> {
    private final MemberArray members;
    /** The first name of the range, or null for no bound. */
    private final NodeId low;
    /** The first name beyond the range, or null for no bound. */
    private final NodeId high;

    MembersView(MemberArray members) {
        this(members, null, null);
    }

    private MembersView(MemberArray members, NodeId low, NodeId high) {
        Check.argument(low == null || high == null || low.compareTo(high) <= 0, "a range begins before its end");
        this.members = members;
        this.low = low;
        this.high = high;
    }

    private int from() {
        return low == null ? 0 : place(low);
    }

    private int to() {
        return high == null ? members.size() : place(high);
    }

    private int place(NodeId node) {
        int index = members.indexOf(node);
        return index >= 0 ? index : -index - 1;
    }

    private boolean covers(NodeId node) {
        return (low == null || low.compareTo(node) <= 0) && (high == null || node.compareTo(high) < 0);
    }

    @Override
    public int size() {
        return to() - from();
    }

    @Override
    public Member get(Object key) {
        return key instanceof NodeId node && covers(node) ? members.find(node) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Comparator<? super NodeId> comparator() {
        return null;
    }

    @Override
    public NodeId firstKey() {
        return member(from()).node();
    }

    @Override
    public NodeId lastKey() {
        return member(to() - 1).node();
    }

    private Member member(int index) {
        if (index < from() || index >= to()) {
            throw new NoSuchElementException();
        }
        return members.at(index);
    }

    @Override
    public SortedMap<NodeId, Member> subMap(NodeId fromKey, NodeId toKey) {
        return range(fromKey, toKey);
    }

    @Override
    public SortedMap<NodeId, Member> headMap(NodeId toKey) {
        return range(low, toKey);
    }

    @Override
    public SortedMap<NodeId, Member> tailMap(NodeId fromKey) {
        return range(fromKey, high);
    }

    private MembersView range(NodeId fromKey, NodeId toKey) {
        boolean within = (low == null || fromKey != null && low.compareTo(fromKey) <= 0)
                && (high == null || toKey != null && toKey.compareTo(high) <= 0);
        Check.argument(within, "a part of a range is within it");
        return new MembersView(members, fromKey, toKey);
    }

    @Override
    public Set<Map.Entry<NodeId, Member>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<NodeId, Member>> iterator() {
                return new Walk();
            }

            @Override
            public int size() {
                return MembersView.this.size();
            }
        };
    }

    private final class Walk implements Iterator<Map.Entry<NodeId, Member>> {
        private final int end = to();
        private final int restructured = members.restructured();
        private int next = from();

        @Override
        public boolean hasNext() {
            return next < end;
        }

        @Override
        public Map.Entry<NodeId, Member> next() {
            if (restructured != members.restructured()) {
                throw new ConcurrentModificationException("a member came or went meanwhile");
            }
            if (next >= end) {
                throw new NoSuchElementException();
            }
            Member member = members.at(next++);
            return Map.entry(member.node(), member);
        }
    }
}
