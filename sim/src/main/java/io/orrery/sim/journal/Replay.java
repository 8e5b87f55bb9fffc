package io.orrery.sim.journal;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Prng;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Storage;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.journal.Checkpoint;
import io.orrery.kernel.journal.Cycle;
import io.orrery.kernel.journal.JournalEnd;
import io.orrery.kernel.journal.JournalHeader;
import io.orrery.kernel.journal.JournalItem;
import io.orrery.kernel.journal.JournalReader;
import io.orrery.kernel.journal.JournalRecord;
import io.orrery.kernel.journal.NodeHash;
import io.orrery.kernel.journal.TapedWorld;
import io.orrery.kernel.loop.DeliverEvent;
import io.orrery.kernel.loop.EventQueue;
import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import io.orrery.kernel.loop.TaskEvent;
import io.orrery.kernel.loop.World;
import io.orrery.kernel.trace.StateDigest;
import io.orrery.kernel.trace.Trace;
import io.orrery.kernel.trace.TraceHash;

/**
 * Replays a journal: the third world of a node, in which all that comes from outside comes from the journal, and all that
 * goes out is only hashed.
 *
 * <ul>
 *   <li>I1: cycles run as {@code kernel.host.NodeThread} runs them: what was taken is queued, then all that is due runs, in
 *       the one order of (time, sequence).
 *   <li>I2: after every event the hash ends as the live node's did, and at every checkpoint it is the same wholly; at the
 *       first difference the replay stops.
 * </ul>
 *
 * <p>For one thread; once.
 */
public final class Replay implements World {
    private static final int HALT_TEXT_CHARS = 1_000;

    private final JournalReader reader;
    private final JournalHeader header;
    private final ReplayedProgram<?> program;
    private final ReplayWatcher watcher;
    private final EventQueue<NodeEvent> queue = new EventQueue<>();
    private final NodeHash hash;
    private final ReplayTape tape;
    private final ReplayDisk disk;
    private final ReplayCalls<?> calls;
    private final NodeKernel kernel;
    private Divergence divergence;
    private String haltText;
    private long events;
    private long nowNanos;
    private long checkpoints;
    private String cause = "boot";
    private boolean isCut;

    public Replay(JournalReader reader, ReplayedProgram<?> program, ReplayWatcher watcher) {
        this.reader = reader;
        this.header = reader.header();
        this.program = program;
        this.watcher = watcher;
        this.hash = new NodeHash(header.seed());
        this.tape = new ReplayTape(hash);
        this.disk = new ReplayDisk(header.limits());
        this.calls = new ReplayCalls<>(program, tape);
        this.kernel = new NodeKernel(header.node(), new TapedWorld(this, tape), new Prng(header.seed()));
    }

    /**
     * Replays to the journal's end, or to an event.
     *
     * @param untilEvent the number of the last event to run, from 1
     * @throws io.orrery.kernel.journal.JournalException if the journal is damaged
     */
    public Replayed run(long untilEvent) {
        Check.argument(untilEvent >= 1, "events are numbered from 1");
        JournalEnd end = null;
        while (divergence == null && !isCut) {
            JournalRecord record = reader.next();
            if (record == null) {
                break;
            }
            if (record instanceof Cycle cycle) {
                run(cycle, untilEvent);
            } else if (record instanceof Checkpoint checkpoint) {
                compare(checkpoint);
            } else {
                end = (JournalEnd) record;
                compare(end);
            }
        }
        return new Replayed(
                events,
                nowNanos,
                hash.value(),
                state(),
                checkpoints,
                reader.records(),
                divergence,
                isCut,
                end,
                reader.tornBytes());
    }

    /** The node's root protocol, as the replay left it; null if it did not boot. */
    public Protocol protocol() {
        return kernel.protocol();
    }

    /** Why the node halted, or null. */
    public String haltText() {
        return haltText;
    }

    private void run(Cycle cycle, long untilEvent) {
        if (kernel.isDead()) {
            diverge("the replayed node halted here and the live one went on: " + haltText);
            return;
        }
        tape.begin(cycle);
        calls.begin(cycle, reader);
        nowNanos = cycle.nowNanos();
        if (cycle.isBoot()) {
            hash.boot(nowNanos, cycle.wallMillis());
            kernel.boot(program.program(), nowNanos, cycle.wallMillis());
            onRan(cycle, 0);
        } else {
            cycle.items().forEach(this::take);
            runDue(cycle, untilEvent);
        }
        if (divergence != null || isCut) {
            return;
        }
        if (!tape.isUsedUp()) {
            diverge("the live node asked the outside more, and was told no");
        } else if (!calls.isUsedUp()) {
            diverge("more was done to the live node from outside");
        } else if (!cycle.isBoot() && header.checkInvariants() && cycle.checks().length() > 0) {
            kernel.checkInvariants();
        }
    }

    private void take(JournalItem item) {
        NodeEvent event = null;
        if (item instanceof JournalItem.Frame frame) {
            Bytes bytes = frame.bytes();
            event = new DeliverEvent(kernel, frame.from(), bytes.array(), bytes.offset(), bytes.length());
        } else if (item instanceof JournalItem.Completion completion) {
            event = disk.complete(kernel, completion);
            if (event == null && divergence == null) {
                diverge("the live node's disk ended a " + completion.action() + ", where the oldest operation is "
                        + disk.oldest());
            }
        } else if (item instanceof JournalItem.Call call) {
            event = calls.event(kernel, call.isCall());
        } else if (item instanceof JournalItem.DiskBroken broken) {
            RuntimeException why = new BrokenThen(broken.why());
            event = new TaskEvent(kernel, NodeEvent.Kind.COMPLETE, "disk", () -> kernel.halt(why));
        }
        if (event != null) {
            queue.push(nowNanos, queue.nextSequence(), event);
        }
    }

    private void runDue(Cycle cycle, long untilEvent) {
        int ran = 0;
        while (divergence == null && !queue.isEmpty() && queue.firstTime() <= nowNanos && !kernel.isDead()) {
            if (ran == header.limits().cycleEvents()) {
                break;
            }
            if (events == untilEvent) {
                isCut = true;
                return;
            }
            long sequence = queue.firstSequence();
            NodeEvent event = queue.pop();
            if (!event.ripen(sequence)) {
                continue;
            }
            cause = event.kind() + " " + event.subject();
            if (ran == cycle.checks().length()) {
                events++;
                diverge("the live node did not run this event here");
                return;
            }
            watcher.event(events + 1, nowNanos, event);
            hash.event(event, nowNanos, cycle.wallMillis());
            kernel.run(event, nowNanos, cycle.wallMillis());
            onRan(cycle, ran);
            ran++;
        }
        if (divergence == null && ran < cycle.checks().length()) {
            diverge("the live node ran " + (cycle.checks().length() - ran) + " more events after this one"
                    + (haltText == null ? "" : "; the replayed one halted: " + haltText));
        }
    }

    private void onRan(Cycle cycle, int index) {
        events++;
        if (divergence != null) {
            return;
        }
        if (calls.isMissing()) {
            diverge("the journal does not say what this call did");
        } else if (index >= cycle.checks().length()
                || hash.check() != cycle.checks().at(index)) {
            diverge("its effects are not those that it had on the live node"
                    + (haltText == null ? "" : "; the replayed one halted: " + haltText));
        }
    }

    private void compare(Checkpoint checkpoint) {
        if (checkpoint.events() != events) {
            diverge("the live node had run " + checkpoint.events() + " events");
        } else if (checkpoint.hash() != hash.value()) {
            diverge("between the last checkpoint and this event something differs: the live node's hash was "
                    + TraceHash.hex(checkpoint.hash()) + ", the replayed one's is " + TraceHash.hex(hash.value()));
        } else if (checkpoint.state() != state()) {
            diverge("after this event the states differ, though all effects were the same: the live node's digest was "
                    + TraceHash.hex(checkpoint.state()) + ", the replayed one's is " + TraceHash.hex(state()));
        } else {
            checkpoints++;
        }
    }

    private long state() {
        return kernel.protocol() == null ? 0 : StateDigest.of(kernel.protocol());
    }

    private void compare(JournalEnd end) {
        boolean halted = end.why() == JournalEnd.Why.HALTED;
        if (halted && haltText == null) {
            diverge("the live node halted here, the replayed one did not: " + end.text());
        } else if (halted && !haltText.equals(end.text())) {
            diverge("the live node halted here for another reason: " + end.text() + "; the replayed one: " + haltText);
        } else if (!halted && haltText != null) {
            diverge("the replayed node halted here, the live one did not: " + haltText);
        }
    }

    private void diverge(String what) {
        if (divergence == null) {
            divergence = new Divergence(events, nowNanos, cause, what);
        }
    }

    @Override
    public long nextSequence() {
        return queue.nextSequence();
    }

    @Override
    public void schedule(NodeEvent event, long dueNanos, long sequence) {
        Check.that(queue.size() < header.limits().queuedEvents(), "a node's queued events are bounded", queue.size());
        queue.push(dueNanos, sequence, event);
    }

    @Override
    public boolean transmit(NodeKernel from, NodeId to, Delivery delivery, byte[] frame, int length) {
        return true;
    }

    @Override
    public Storage storage(NodeKernel node, String path) {
        return disk.scope(path);
    }

    @Override
    public Trace trace(NodeKernel node, String path) {
        return new ReplayTrace(node, path, watcher);
    }

    @Override
    public void halted(NodeKernel node, Throwable why) {
        String text = String.valueOf(why);
        haltText = text.length() <= HALT_TEXT_CHARS ? text : text.substring(0, HALT_TEXT_CHARS);
    }

    /** The disk's failure on the live node, in its words. */
    private static final class BrokenThen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenThen(String text) {
            super(text, null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
