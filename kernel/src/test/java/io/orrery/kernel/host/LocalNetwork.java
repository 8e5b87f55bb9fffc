package io.orrery.kernel.host;

import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The least transport that keeps the contract: nodes of one process hand frames to one another's inboxes. */
final class LocalNetwork {
    private static final long SEND_BYTES_MAX = 32L * 1024 * 1024;

    private final Map<NodeId, LocalTransport> nodes = new ConcurrentHashMap<>();

    Transport transport(NodeId self) {
        return new LocalTransport(self);
    }

    /** A frame that waits for room in the peer's inbox. */
    private record Waiting(LocalTransport to, byte[] frame) {}

    private final class LocalTransport implements Transport {
        private final NodeId self;
        private final Map<NodeId, ArrayDeque<Waiting>> waiting = new TreeMap<>();
        private long waitingBytes;
        private volatile Inbound inbound;

        LocalTransport(NodeId self) {
            this.self = self;
        }

        @Override
        public void start(Inbound target) {
            inbound = target;
            nodes.put(self, this);
        }

        @Override
        public void learn(NodeId node, String address) {}

        @Override
        public boolean send(NodeId to, Delivery delivery, byte[] frame, int offset, int length) {
            LocalTransport peer = nodes.get(to);
            if (peer == null || delivery == Delivery.STREAM && waitingBytes > SEND_BYTES_MAX) {
                return false;
            }
            byte[] copy = Arrays.copyOfRange(frame, offset, offset + length);
            if (delivery == Delivery.DATAGRAM) {
                peer.inbound.onFrame(self, delivery, copy, 0, length);
                return true;
            }
            waiting.computeIfAbsent(to, key -> new ArrayDeque<>()).add(new Waiting(peer, copy));
            waitingBytes += length;
            return true;
        }

        @Override
        public void flush() {
            poll();
        }

        @Override
        public int poll() {
            int moved = 0;
            for (ArrayDeque<Waiting> queue : waiting.values()) {
                while (!queue.isEmpty()) {
                    Waiting first = queue.peek();
                    boolean isGone = nodes.get(first.to.self) != first.to;
                    if (!isGone
                            && !first.to.inbound.onFrame(self, Delivery.STREAM, first.frame, 0, first.frame.length)) {
                        break;
                    }
                    waitingBytes -= first.frame.length;
                    queue.remove();
                    moved++;
                }
            }
            return moved;
        }

        @Override
        public long sleepNanosMax() {
            return waitingBytes > 0 ? 500_000 : Long.MAX_VALUE;
        }

        @Override
        public void close() {
            nodes.remove(self, this);
        }
    }
}
