package io.orrery.broker.boot;

import io.orrery.gossip.ClusterId;
import io.orrery.kernel.Channel;
import io.orrery.kernel.ForwardingKernel;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.Port;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.DecodeException;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import java.util.function.Supplier;

/**
 * The kernel of what runs within one cluster: each message says which, and another one's are dropped and counted at the port,
 * as bytes that do not decode. So a log never hears of a node's former cluster, in which its name may still be a voter.
 *
 * <p>Clusters whose id is made of their name say nothing, for nodes of releases before ids are of them.
 */
public final class BoundKernel extends ForwardingKernel {
    private final Supplier<ClusterId> id;

    /**
     * @param id this node's cluster; NONE until it is known, and till then no message is taken
     */
    public BoundKernel(Kernel kernel, Supplier<ClusterId> id) {
        super(kernel);
        this.id = id;
    }

    @Override
    public <M> Port<M> open(Channel channel, Codec<M> codec, Receiver<M> receiver) {
        return kernel.open(channel, new BoundCodec<>(codec, id), receiver);
    }

    @Override
    public Kernel scope(String name) {
        return new BoundKernel(kernel.scope(name), id);
    }

    /** The lower half of the id, then the message. */
    private record BoundCodec<M>(Codec<M> inner, Supplier<ClusterId> id) implements Codec<M> {
        @Override
        public int version() {
            return inner.version();
        }

        @Override
        public int since(M message) {
            return inner.since(message);
        }

        @Override
        public void encode(M message, Encoder out) {
            ClusterId own = id.get();
            if (!own.isOfName()) {
                out.writeLong(own.low());
            }
            inner.encode(message, out);
        }

        @Override
        public M decode(Decoder in) {
            ClusterId own = id.get();
            if (own.isNone()) {
                throw new DecodeException("a message of a cluster, to a node that is of none");
            }
            if (!own.isOfName() && in.readLong() != own.low()) {
                throw new DecodeException("a message of another cluster");
            }
            return inner.decode(in);
        }
    }
}
