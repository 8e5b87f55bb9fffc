package io.orrery.gossip.message;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Utf8;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts that messages are made of:
 *
 * <pre>
 * incarnation  generation u64, refutations varint
 * claim        node string, state u8, incarnation, address string,
 *              pairs varint, (key string, value string) * pairs, sorted;  by string if SUSPECT or DEAD
 * claims       count varint, claim * count
 * </pre>
 */
public final class ClaimCodec {
    private static final MemberState[] STATES = MemberState.values();
    private static final int CLAIM_BYTES_MIN = 14;

    private ClaimCodec() {}

    static void writeIncarnation(Incarnation incarnation, Encoder out) {
        out.writeLong(incarnation.generation());
        out.writeVarLong(incarnation.refutations());
    }

    static Incarnation readIncarnation(Decoder in) {
        long generation = in.readLong();
        long refutations = in.readVarLong();
        if (generation < 0 || generation > Incarnation.GENERATION_MAX) {
            throw new DecodeException("a generation out of range");
        }
        if (refutations < 0 || refutations > Integer.MAX_VALUE) {
            throw new DecodeException("refutations out of range");
        }
        return new Incarnation(generation, (int) refutations);
    }

    /** The state of an ordinal from a peer. */
    static MemberState state(int ordinal) {
        if (ordinal >= STATES.length) {
            throw new DecodeException("an unknown member state");
        }
        return STATES[ordinal];
    }

    static void writeClaims(List<Claim> claims, Encoder out) {
        out.writeVarLong(claims.size());
        for (Claim claim : claims) {
            writeClaim(claim, out);
        }
    }

    static List<Claim> readClaims(Decoder in) {
        int count = in.readCount(CLAIM_BYTES_MIN);
        List<Claim> claims = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            claims.add(readClaim(in));
        }
        return claims;
    }

    static void writeClaim(Claim claim, Encoder out) {
        Member member = claim.member();
        out.writeNode(member.node());
        out.writeByte(member.state().ordinal());
        writeIncarnation(member.incarnation(), out);
        out.writeString(member.address());
        out.writeVarLong(member.metadata().size());
        for (Map.Entry<String, String> entry : member.metadata().entrySet()) {
            out.writeString(entry.getKey());
            out.writeString(entry.getValue());
        }
        if (Claim.isAccusation(member.state())) {
            out.writeNode(claim.by());
        }
    }

    static Claim readClaim(Decoder in) {
        NodeId node = in.readNode();
        MemberState state = state(in.readByte());
        Incarnation incarnation = readIncarnation(in);
        String address = readText(in, Member.ADDRESS_BYTES_MAX);
        SortedMap<String, String> metadata = readMetadata(in);
        NodeId by = Claim.isAccusation(state) ? in.readNode() : node;
        return new Claim(new Member(node, state, incarnation, address, metadata), by);
    }

    private static SortedMap<String, String> readMetadata(Decoder in) {
        int pairs = in.readCount(2);
        if (pairs == 0) {
            return Collections.emptySortedMap();
        }
        TreeMap<String, String> metadata = new TreeMap<>();
        for (int i = 0; i < pairs; i++) {
            String key = readText(in, Member.METADATA_BYTES_MAX);
            if (!metadata.isEmpty() && metadata.lastKey().compareTo(key) >= 0) {
                throw new DecodeException("metadata out of order");
            }
            metadata.put(key, readText(in, Member.METADATA_BYTES_MAX));
        }
        if (!Member.fits(metadata)) {
            throw new DecodeException("too much metadata");
        }
        return metadata;
    }

    static String readText(Decoder in, int bytesMax) {
        String text = in.readRecurring();
        if (text.length() * 3 > bytesMax && Utf8.length(text) > bytesMax) {
            throw new DecodeException("a text longer than its limit");
        }
        return text;
    }

    /** How many bytes a claim takes in a message. */
    public static int size(Claim claim) {
        Member member = claim.member();
        int size = textSize(member.node().name())
                + 1
                + 8
                + varSize(member.incarnation().refutations());
        size += textSize(member.address()) + varSize(member.metadata().size());
        for (Map.Entry<String, String> entry : member.metadata().entrySet()) {
            size += textSize(entry.getKey()) + textSize(entry.getValue());
        }
        return Claim.isAccusation(member.state()) ? size + textSize(claim.by().name()) : size;
    }

    static int textSize(String text) {
        int bytes = Utf8.length(text);
        return varSize(bytes) + bytes;
    }

    /** Bytes of a LEB128 number. */
    static int varSize(long value) {
        int bits = 64 - Long.numberOfLeadingZeros(value);
        return Math.max(1, (bits + 6) / 7);
    }
}
