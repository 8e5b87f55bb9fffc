package io.orrery.raft.snapshot;

import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.raft.Configuration;

/**
 * What a snapshot says beside the machine's state; its first piece.
 *
 * @param index of the last entry it stands for
 * @param term of that entry
 * @param timestampMillis of that entry: the next one's is not before it
 * @param appliedDigest the hash of all entries applied up to there
 * @param appliedBytes the bytes of all entries applied up to there
 * @param configurationIndex where the configuration came into force
 * @param configuration the one in force at the index
 */
public record SnapshotMeta(
        long index,
        long term,
        long timestampMillis,
        long appliedDigest,
        long appliedBytes,
        long configurationIndex,
        Configuration configuration) {
    Bytes encode() {
        Encoder out = new Encoder();
        out.writeVarLong(index);
        out.writeVarLong(term);
        out.writeVarLong(timestampMillis);
        out.writeLong(appliedDigest);
        out.writeVarLong(appliedBytes);
        out.writeVarLong(configurationIndex);
        out.writeBytes(configuration.encode());
        return out.toBytes();
    }

    static SnapshotMeta decode(Bytes piece) {
        Decoder in = piece.decoder();
        SnapshotMeta meta = new SnapshotMeta(
                in.readVarLong(),
                in.readVarLong(),
                in.readVarLong(),
                in.readLong(),
                in.readVarLong(),
                in.readVarLong(),
                Configuration.decode(in.readBytes()));
        in.expectEnd();
        if (meta.configurationIndex > meta.index) {
            throw new DecodeException("a configuration from behind the snapshot");
        }
        return meta;
    }
}
