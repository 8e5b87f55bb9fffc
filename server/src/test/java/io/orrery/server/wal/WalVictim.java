package io.orrery.server.wal;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.host.HostConfig;
import io.orrery.kernel.host.LonelyTransport;
import io.orrery.kernel.host.NodeThread;
import io.orrery.raft.log.Entry;
import io.orrery.raft.log.HardState;
import io.orrery.raft.log.RaftLog;
import io.orrery.raft.log.Wal;
import io.orrery.raft.log.WalConfig;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that writes to a log on real files as fast as it can, until it is killed. It says what it found at its start ({@code
 * state}), each change before it makes it, and how many of them are durable ({@code durable}).
 */
final class WalVictim implements Protocol {
    static final int GROUPS = 3;
    private static final long SEGMENT_BYTES = 64 * 1024;

    private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    private final Prng prng;
    private final Wal wal;
    private final Timer timer;
    private final List<RaftLog> logs = new ArrayList<>();

    private WalVictim(Kernel kernel, long seed) {
        prng = new Prng(seed);
        wal = new Wal(kernel.scope("wal"), WalConfig.DEFAULT.withSegmentBytes(SEGMENT_BYTES));
        timer = kernel.timer("write", this::write);
        for (int group = 1; group <= GROUPS; group++) {
            logs.add(wal.open(group, this::onDurable));
        }
    }

    /** Writes until it is killed: folder, seed. */
    public static void main(String[] arguments) throws InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        NodeThread thread =
                new NodeThread(NodeId.of("n1"), new HostConfig(), new LonelyTransport(), Path.of(arguments[0]));
        thread.start(kernel -> new WalVictim(kernel, seed));
        Thread.currentThread().join();
    }

    @Override
    public void start() {
        wal.start();
        wal.whenRecovered(() -> {
            for (RaftLog log : logs) {
                out.println("state " + log.group() + " " + text(log));
            }
            out.println("ready " + wal.damages().size());
            out.flush();
            timer.restart(0);
        });
    }

    static String text(RaftLog log) {
        long digest = 0;
        for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
            digest = Prng.mix(digest ^ log.entry(index).digest());
        }
        return log.hardState().term() + " " + log.snapshotIndex() + " " + log.snapshotTerm() + " " + log.lastIndex()
                + " " + digest;
    }

    private void onDurable() {
        out.println("durable " + wal.counters().records());
    }

    private void write() {
        if (!wal.isBacklogged()) {
            for (int i = 1 + prng.below(20); i > 0; i--) {
                change(logs.get(prng.below(GROUPS)));
            }
        }
        out.flush();
        timer.restart(prng.chance(100_000) ? Time.millis(2) : Time.micros(100));
    }

    private void change(RaftLog log) {
        String who = log.group() + " ";
        int draw = prng.below(40);
        if (draw == 0 && log.lastIndex() > log.durableIndex()) {
            long from = log.durableIndex() + 1;
            out.println("truncate " + who + from);
            log.truncateFrom(from);
        } else if (draw == 1 && log.durableIndex() > log.snapshotIndex()) {
            out.println("compact " + who + log.durableIndex());
            log.compactTo(log.durableIndex());
        } else if (draw == 2) {
            long term = log.hardState().term() + 1;
            out.println("term " + who + term);
            log.save(new HardState(term, null));
        } else {
            Entry entry = entry(
                    log.lastIndex() + 1,
                    Math.max(log.lastTerm(), log.hardState().term()),
                    prng.below(600));
            out.println("append " + who + entry.index() + " " + entry.term() + " "
                    + entry.payload().length());
            log.append(entry);
        }
    }

    /** What an entry holds follows from where it is. */
    static Entry entry(long index, long term, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (index * 31 + term + i);
        }
        return new Entry(index, term, 7, Entry.Kind.COMMAND, Bytes.wrap(payload));
    }
}
