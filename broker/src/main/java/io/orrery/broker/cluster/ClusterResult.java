package io.orrery.broker.cluster;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;

/**
 * How a command ended, the same on every replica.
 *
 * @param changed whether the state is another now; false when the command had been done before, and on failure
 * @param index of the command in the log
 * @param reason why it failed, for people; empty if it did not
 */
public record ClusterResult(Status status, boolean changed, long index, String reason) {
    /** Enough for one without a reason, as most are. */
    private static final int ENCODED_BYTES = 16;

    /** The kinds of ends. */
    public enum Status {
        OK,
        /** What it speaks of does not exist. */
        NOT_FOUND,
        /** It contradicts what exists. */
        CONFLICT,
        /** It makes no sense. */
        INVALID,
        /** It would exceed a limit. */
        LIMIT
    }

    public static ClusterResult ok(boolean changed, long index) {
        return new ClusterResult(Status.OK, changed, index, "");
    }

    public static ClusterResult failed(Status status, long index, String reason) {
        return new ClusterResult(status, false, index, reason);
    }

    public boolean isOk() {
        return status == Status.OK;
    }

    public Bytes encode() {
        Encoder out = new Encoder(ENCODED_BYTES, Integer.MAX_VALUE);
        out.writeByte(status.ordinal());
        out.writeBoolean(changed);
        out.writeVarLong(index);
        out.writeString(reason);
        return out.finish();
    }

    /**
     * @throws io.orrery.kernel.codec.DecodeException for bytes that are no result
     */
    public static ClusterResult decode(Bytes bytes) {
        Decoder in = bytes.decoder();
        ClusterResult result = new ClusterResult(
                ClusterCommandCodec.decodeEnum(Status.values(), in),
                in.readBoolean(),
                in.readVarLong(),
                in.readString());
        in.expectEnd();
        return result;
    }
}
