package io.orrery.raft.transcript;

import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * A node's disk. Operations are performed in order, at once unless the disk is held; a crash takes what was not performed, and
 * what was not synced. Names and removals are durable at once.
 */
final class StageDisk {
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final TreeMap<String, byte[]> durable = new TreeMap<>();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean held;
    private long capacityBytes = Long.MAX_VALUE;

    Storage scope(NodeKernel node, String path) {
        return new Scope(node, path.isEmpty() ? "" : path + "/");
    }

    void hold() {
        held = true;
    }

    /** Performs the first so many of those that wait; all, and those to come, if it is to be held no more. */
    void release(int count) {
        for (int i = 0; i < count && !waiting.isEmpty(); i++) {
            waiting.poll().run();
        }
    }

    void unhold() {
        held = false;
        release(Integer.MAX_VALUE);
    }

    void crash() {
        waiting.clear();
        files.clear();
        durable.forEach((name, bytes) -> files.put(name, bytes.clone()));
    }

    void wipe() {
        files.clear();
        durable.clear();
    }

    /** From now on the disk takes only so many bytes more; what is there can be written over. */
    void full(long bytesLeft) {
        capacityBytes = usedBytes() + bytesLeft;
    }

    void space() {
        capacityBytes = Long.MAX_VALUE;
    }

    private long usedBytes() {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    private boolean hasRoom(int before, long after) {
        return usedBytes() - before + Math.max(before, after) <= capacityBytes;
    }

    /** Inverts a byte wherever a text is in a file, as bit rot would; in how many places. */
    int rot(String text) {
        int rotten = 0;
        for (TreeMap<String, byte[]> content : List.of(files, durable)) {
            for (byte[] bytes : content.values()) {
                String latin = new String(bytes, StandardCharsets.ISO_8859_1);
                for (int at = latin.indexOf(text); at >= 0; at = latin.indexOf(text, at + 1)) {
                    bytes[at] ^= (byte) 0xFF;
                    rotten++;
                }
            }
        }
        return rotten;
    }

    private final class Scope implements Storage {
        private final NodeKernel node;
        private final String prefix;

        private Scope(NodeKernel node, String prefix) {
            this.node = node;
            this.prefix = prefix;
        }

        private void issue(Runnable operation) {
            waiting.add(operation);
            if (!held) {
                release(Integer.MAX_VALUE);
            }
        }

        private <T> void complete(Completion<T> done, T value) {
            node.enqueue(NodeEvent.Kind.COMPLETE, "disk", () -> done.onComplete(value, null));
        }

        private <T> void refuse(Completion<T> done) {
            Failure failure = new Failure(Failure.Kind.FULL, "no space left");
            node.enqueue(NodeEvent.Kind.COMPLETE, "disk", () -> done.onComplete(null, failure));
        }

        private byte[] content(String file) {
            return files.getOrDefault(prefix + file, new byte[0]);
        }

        @Override
        public void write(String file, long offset, Bytes data, Completion<Void> done) {
            issue(() -> {
                byte[] old = content(file);
                if (!hasRoom(old.length, offset + data.length())) {
                    refuse(done);
                    return;
                }
                byte[] bytes = Arrays.copyOf(old, Math.max(old.length, (int) offset + data.length()));
                byte[] written = data.toByteArray();
                System.arraycopy(written, 0, bytes, (int) offset, written.length);
                files.put(prefix + file, bytes);
                complete(done, null);
            });
        }

        @Override
        public void sync(String file, Completion<Void> done) {
            issue(() -> {
                if (files.containsKey(prefix + file)) {
                    durable.put(prefix + file, content(file).clone());
                }
                complete(done, null);
            });
        }

        @Override
        public void read(String file, long offset, int length, Completion<Bytes> done) {
            issue(() -> {
                byte[] bytes = content(file);
                int from = (int) Math.min(offset, bytes.length);
                int to = (int) Math.min(offset + length, bytes.length);
                complete(done, Bytes.wrap(Arrays.copyOfRange(bytes, from, to)));
            });
        }

        @Override
        public void truncate(String file, long length, Completion<Void> done) {
            issue(() -> {
                if (!hasRoom(content(file).length, length)) {
                    refuse(done);
                    return;
                }
                files.put(prefix + file, Arrays.copyOf(content(file), (int) length));
                complete(done, null);
            });
        }

        @Override
        public void rename(String from, String to, Completion<Void> done) {
            issue(() -> {
                for (TreeMap<String, byte[]> content : List.of(files, durable)) {
                    byte[] bytes = content.remove(prefix + from);
                    if (bytes != null) {
                        content.put(prefix + to, bytes);
                    }
                }
                complete(done, null);
            });
        }

        @Override
        public void delete(String file, Completion<Void> done) {
            issue(() -> {
                files.remove(prefix + file);
                durable.remove(prefix + file);
                complete(done, null);
            });
        }

        @Override
        public void list(Completion<List<FileStat>> done) {
            issue(() -> {
                List<FileStat> list = new ArrayList<>();
                files.forEach((name, bytes) -> {
                    if (name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0) {
                        list.add(new FileStat(name.substring(prefix.length()), bytes.length));
                    }
                });
                complete(done, list);
            });
        }
    }
}
