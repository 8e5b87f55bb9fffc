package io.orrery.sim.exhaust;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.sim.coverage.AbstractState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One node's files: operations complete at once and in order; a crash takes what was not synced. */
final class SmallDisk {
    private TreeMap<String, byte[]> files = new TreeMap<>();
    private TreeMap<String, byte[]> durable = new TreeMap<>();

    Storage open(NodeKernel node, String path) {
        return new Scope(node, path.isEmpty() ? "" : path + "/");
    }

    /** A power loss. Contents are never changed in place, so the two maps may share them. */
    void crash() {
        files = new TreeMap<>(durable);
    }

    long hash() {
        long hash = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            hash = AbstractState.fold(hash, file.getKey().hashCode());
            hash = AbstractState.fold(hash, Arrays.hashCode(file.getValue()));
        }
        return hash;
    }

    private final class Scope implements Storage {
        private final NodeKernel node;
        private final String prefix;

        Scope(NodeKernel node, String prefix) {
            this.node = node;
            this.prefix = prefix;
        }

        private <T> void complete(String file, Completion<T> done, T value) {
            node.enqueue(NodeEvent.Kind.COMPLETE, file, () -> done.onComplete(value, null));
        }

        @Override
        public void write(String file, long offset, Bytes data, Completion<Void> done) {
            byte[] old = files.getOrDefault(prefix + file, new byte[0]);
            byte[] content = Arrays.copyOf(old, Math.max(old.length, (int) offset + data.length()));
            data.copyTo(content, (int) offset);
            files.put(prefix + file, content);
            complete(file, done, null);
        }

        @Override
        public void sync(String file, Completion<Void> done) {
            byte[] content = files.get(prefix + file);
            if (content != null) {
                durable.put(prefix + file, content);
            }
            complete(file, done, null);
        }

        @Override
        public void read(String file, long offset, int length, Completion<Bytes> done) {
            byte[] content = files.getOrDefault(prefix + file, new byte[0]);
            int from = (int) Math.min(offset, content.length);
            complete(file, done, Bytes.copyOf(content, from, Math.min(length, content.length - from)));
        }

        @Override
        public void truncate(String file, long length, Completion<Void> done) {
            files.put(prefix + file, Arrays.copyOf(files.getOrDefault(prefix + file, new byte[0]), (int) length));
            complete(file, done, null);
        }

        @Override
        public void rename(String from, String to, Completion<Void> done) {
            byte[] content = files.remove(prefix + from);
            byte[] kept = durable.remove(prefix + from);
            if (content != null) {
                files.put(prefix + to, content);
                durable.put(prefix + to, kept == null ? new byte[0] : kept);
            }
            complete(to, done, null);
        }

        @Override
        public void delete(String file, Completion<Void> done) {
            files.remove(prefix + file);
            durable.remove(prefix + file);
            complete(file, done, null);
        }

        @Override
        public void list(Completion<List<FileStat>> done) {
            List<FileStat> stats = new ArrayList<>();
            for (Map.Entry<String, byte[]> file : files.tailMap(prefix).entrySet()) {
                if (!file.getKey().startsWith(prefix)) {
                    break;
                }
                String name = file.getKey().substring(prefix.length());
                if (name.indexOf('/') < 0) {
                    stats.add(new FileStat(name, file.getValue().length));
                }
            }
            complete("", done, stats);
        }
    }
}
