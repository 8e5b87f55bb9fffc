package io.orrery.gossip;

import io.orrery.kernel.Check;
import io.orrery.kernel.Description;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Utf8;
import java.util.SortedMap;

/**
 * What one node knows of one member. Address and metadata are the member's own words at this incarnation: it makes a new
 * incarnation to change them.
 *
 * @param address {@code host:port} as the member advertises it; empty where a name is enough
 * @param metadata small facts for other members, such as the role; at most {@link #METADATA_BYTES_MAX} bytes of keys and
 *     values, with four more for each pair
 */
public record Member(NodeId node, MemberState state, Incarnation incarnation, String address, Metadata metadata) {
    /** With it, the largest claim about a member still fits one packet. */
    public static final int METADATA_BYTES_MAX = 312;

    public static final int ADDRESS_BYTES_MAX = 120;

    public Member {
        Check.argument(
                address.length() * 3 <= ADDRESS_BYTES_MAX || Utf8.length(address) <= ADDRESS_BYTES_MAX,
                "an address has at most 120 bytes");
        Check.argument(metadata.bytes() <= METADATA_BYTES_MAX, "a member's metadata takes at most 312 bytes");
    }

    public Member(
            NodeId node,
            MemberState state,
            Incarnation incarnation,
            String address,
            SortedMap<String, String> metadata) {
        this(node, state, incarnation, address, Metadata.of(metadata));
    }

    /** Whether it is ALIVE or SUSPECT. */
    public boolean isLive() {
        return state.isLive();
    }

    public Member with(MemberState newState, Incarnation newIncarnation) {
        return new Member(node, newState, newIncarnation, address, metadata);
    }

    void describe(Description out) {
        out.begin(node.name());
        out.value("state", state.name());
        out.value("generation", incarnation.generation());
        out.value("refutations", incarnation.refutations());
        out.end();
    }

    @Override
    public String toString() {
        return node + " " + state + " " + incarnation;
    }
}
