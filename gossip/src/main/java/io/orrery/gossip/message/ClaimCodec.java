package io.orrery.gossip.message;

import io.orrery.gossip.Incarnation;
import io.orrery.gossip.Member;
import io.orrery.gossip.MemberState;
import io.orrery.gossip.Metadata;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.codec.Utf8;
import java.util.ArrayList;
import java.util.List;

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
        for (int i = 0; i < claims.size(); i++) {
            writeClaim(claims.get(i), out);
        }
    }

    static List<Claim> readClaims(Decoder in) {
        int count = in.readCount(CLAIM_BYTES_MIN);
        if (count == 0) {
            return List.of();
        }
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
        for (int i = 0; i < member.metadata().size(); i++) {
            out.writeString(member.metadata().key(i));
            out.writeString(member.metadata().value(i));
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
        Metadata metadata = readMetadata(in);
        NodeId by = Claim.isAccusation(state) ? in.readNode() : node;
        return new Claim(new Member(node, state, incarnation, address, metadata), by);
    }

    private static Metadata readMetadata(Decoder in) {
        int pairs = in.readCount(2);
        if (pairs == 0) {
            return Metadata.NONE;
        }
        String[] texts = new String[2 * pairs];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = readText(in, Member.METADATA_BYTES_MAX);
            if (i % 2 == 0 && i > 0 && texts[i - 2].compareTo(texts[i]) >= 0) {
                throw new DecodeException("metadata out of order");
            }
        }
        Metadata metadata = Metadata.ofPairs(texts);
        if (metadata.bytes() > Member.METADATA_BYTES_MAX) {
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
        for (int i = 0; i < member.metadata().size(); i++) {
            size += textSize(member.metadata().key(i))
                    + textSize(member.metadata().value(i));
        }
        return Claim.isAccusation(member.state()) ? size + textSize(claim.by().name()) : size;
    }

    /** Bytes of a text with its length before it. */
    public static int textSize(String text) {
        int bytes = Utf8.length(text);
        return varSize(bytes) + bytes;
    }

    /** Bytes of a LEB128 number. */
    static int varSize(long value) {
        int bits = 64 - Long.numberOfLeadingZeros(value);
        return Math.max(1, (bits + 6) / 7);
    }
}
