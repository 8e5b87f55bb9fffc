package io.orrery.kernel.loop;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Receiver;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.trace.Trace;
import java.util.TreeSet;

/** A protocol's view of its node: the node's loop, with a name, a random stream and a folder of its own. */
final class ScopeKernel implements Kernel {
    private final NodeKernel node;
    private final String path;
    private final Prng prng;
    private final Storage storage;
    private final Trace trace;
    private final TreeSet<String> children = new TreeSet<>();

    ScopeKernel(NodeKernel node, String path, Prng prng) {
        this.node = node;
        this.path = path;
        this.prng = prng;
        this.storage = node.world().storage(node, path);
        this.trace = node.world().trace(node, path);
    }

    @Override
    public NodeId self() {
        return node.self();
    }

    @Override
    public long nowNanos() {
        return node.nowNanos();
    }

    @Override
    public long wallMillis() {
        return node.wallMillis();
    }

    @Override
    public Prng prng() {
        return prng;
    }

    @Override
    public Timer timer(String name, Runnable onExpiry) {
        return new DeadlineTimer(node, path.isEmpty() ? name : path + "/" + name, onExpiry);
    }

    @Override
    public <M> Port<M> open(Channel channel, Codec<M> codec, Receiver<M> receiver) {
        return node.open(new NodePort<>(node, channel, codec, receiver));
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public void defer(Runnable task) {
        node.defer(path, task);
    }

    @Override
    public Trace trace() {
        return trace;
    }

    @Override
    public Kernel scope(String name) {
        Check.argument(isName(name), "a scope's name is lower-case letters, digits, dot and hyphen", name);
        Check.argument(children.add(name), "a scope's name is unique among its siblings", name);
        return new ScopeKernel(node, path.isEmpty() ? name : path + "/" + name, prng.fork(name));
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' && i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
