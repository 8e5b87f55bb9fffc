package io.orrery.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Storage;
import io.orrery.kernel.Storage.Completion;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.LonelyTransport;
import io.orrery.kernel.host.NodeThread;
import io.orrery.sim.Simulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While nothing goes wrong, the simulated disk and the files of a real node answer every operation alike. */
class DiskDifferentialTest {
    private static final int SEEDS = 4;
    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 20;
    private static final List<String> FILES = List.of("a", "b", "c.log", "d-1", "e");

    @TempDir
    Path directory;

    /** One round: what was issued by number, and what came of it. */
    private static final class Round {
        private final List<String> issued = new ArrayList<>();
        private final TreeMap<Integer, String> answers = new TreeMap<>();

        void issue(Storage storage, Prng prng) {
            for (int i = 0; i < OPERATIONS; i++) {
                issueOne(storage, prng);
            }
            for (String file : FILES) {
                storage.sync(file, answer("sync " + file));
            }
            storage.sync("f", answer("sync f"));
        }

        private void issueOne(Storage storage, Prng prng) {
            String file = FILES.get(prng.below(FILES.size()));
            long offset = prng.below(20_000);
            int length = prng.below(9_000);
            switch (prng.below(9)) {
                case 0 -> storage.truncate(file, offset, answer("truncate " + file + " " + offset));
                case 1 -> storage.delete(file, answer("delete " + file));
                case 2 -> {
                    String to = FILES.get(prng.below(FILES.size()));
                    storage.rename(file, to.equals(file) ? "f" : to, answer("rename " + file + " " + to));
                }
                case 3 -> storage.list(answer("list"));
                case 4, 5 -> storage.read(file, offset, length, answer("read " + file + " " + offset));
                case 6 -> storage.sync(file, answer("sync " + file));
                default -> {
                    byte[] data = new byte[length];
                    Arrays.fill(data, (byte) prng.nextLong());
                    storage.write(file, offset, Bytes.wrap(data), answer("write " + file + " " + offset));
                }
            }
        }

        private <T> Completion<T> answer(String what) {
            int number = issued.size();
            issued.add(what);
            return (value, failure) -> answers.put(
                    number,
                    what + ": "
                            + (failure != null
                                    ? failure.kind()
                                    : value instanceof Bytes bytes
                                            ? bytes.length() + " bytes " + bytes.crc32c()
                                            : value));
        }

        boolean isOver() {
            return answers.size() == issued.size();
        }
    }

    private interface World extends AutoCloseable {
        TreeMap<Integer, String> run(Consumer<Storage> issue, Round round) throws Exception;

        void restart() throws Exception;

        @Override
        void close();
    }

    private static final class Simulated implements World {
        private final Simulation sim;

        Simulated(long seed) {
            sim = OneDisk.one(seed);
        }

        @Override
        public TreeMap<Integer, String> run(Consumer<Storage> issue, Round round) {
            OneDisk.run(sim, issue);
            assertTrue(sim.runUntil(round::isOver, Time.seconds(60)));
            return round.answers;
        }

        @Override
        public void restart() {
            OneDisk.powerLoss(sim);
        }

        @Override
        public void close() {}
    }

    private static final class Real implements World {
        private final Path folder;
        private NodeThread node;
        private Storage storage;

        Real(Path folder) throws Exception {
            this.folder = folder;
            boot();
        }

        private void boot() throws Exception {
            node = new NodeThread(NodeId.of("n1"), new HostConfig().openFilesMax(2), new LonelyTransport(), folder);
            node.start(kernel -> {
                storage = kernel.storage();
                return () -> {};
            });
            assertEquals(0, node.call(() -> 0).get(20, TimeUnit.SECONDS));
        }

        @Override
        public TreeMap<Integer, String> run(Consumer<Storage> issue, Round round) throws Exception {
            CompletableFuture<TreeMap<Integer, String>> over = new CompletableFuture<>();
            node.submit(() -> {
                issue.accept(storage);
                storage.list((files, failure) -> over.complete(round.answers));
            });
            return over.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void restart() throws Exception {
            node.stop();
            boot();
        }

        @Override
        public void close() {
            node.stop();
        }
    }

    @Test
    void theSimulatedDiskAnswersAsRealFilesDo() throws Exception {
        long answered = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            try (World simulated = new Simulated(seed);
                    World real = new Real(directory.resolve("node" + seed))) {
                for (int number = 0; number < ROUNDS; number++) {
                    long draws = seed * 1000 + number;
                    Round one = new Round();
                    Round other = new Round();
                    TreeMap<Integer, String> expected = real.run(storage -> one.issue(storage, new Prng(draws)), one);
                    TreeMap<Integer, String> answers =
                            simulated.run(storage -> other.issue(storage, new Prng(draws)), other);
                    assertEquals(expected, answers, "seed " + seed + " round " + number);
                    answered += answers.size();
                    if (number % 5 == 4) {
                        simulated.restart();
                        real.restart();
                    }
                }
            }
        }
        assertEquals((long) SEEDS * ROUNDS * (OPERATIONS + FILES.size() + 1), answered);
    }
}
