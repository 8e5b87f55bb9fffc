package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.kernel.NodeId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The life of a Maelstrom node: lines in, lines out, one thread that decides. The first message is {@code init}; it says who
 * we are and makes the world; from then on messages of peers go to the world and all others to the service as requests.
 *
 * <p>Nothing but protocol lines goes to the output. A line that makes no sense is noted in the log and skipped.
 */
public final class MaelstromLoop {
    private static final int LINES_QUEUED_MAX = 256;
    private static final int COMPLAINTS_MAX = 1000;
    private static final int EXIT_OK = 0;
    private static final int EXIT_BUG = 70;

    private final InputStream in;
    private final BufferedOutputStream out;
    private final Consumer<String> log;
    private final Path folder;
    private final boolean traced;
    private final Service.Factory factory;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_QUEUED_MAX);
    private String self;
    private MaelstromWorld world;
    private Service service;
    private boolean outputBroken;
    private int complaints;

    /**
     * @param log takes lines for people
     * @param folder for the node's files
     * @param traced whether the node's transitions are logged
     */
    public MaelstromLoop(
            InputStream in,
            OutputStream out,
            Consumer<String> log,
            Path folder,
            boolean traced,
            Service.Factory factory) {
        this.in = in;
        this.out = new BufferedOutputStream(out, 64 * 1024);
        this.log = log;
        this.folder = folder;
        this.traced = traced;
        this.factory = factory;
    }

    /**
     * Runs until the input ends, the output breaks, or the node halts.
     *
     * @return the exit code: 0, or 70 if the node halted
     */
    public int run() throws InterruptedException {
        Thread reader = new Thread(new LineReader(in, lines), "lines");
        reader.setDaemon(true);
        reader.start();
        boolean open = true;
        while (open && !outputBroken && !isHalted()) {
            open = drain();
            if (world != null) {
                world.turn();
            }
            flush();
        }
        return end();
    }

    private boolean isHalted() {
        return world != null && world.haltCause() != null;
    }

    /** Waits for a line or for what the world has to do next, then takes the lines that are there. */
    private boolean drain() throws InterruptedException {
        String line = lines.poll(world == null ? Long.MAX_VALUE : world.nanosUntilDue(), TimeUnit.NANOSECONDS);
        for (int taken = 1; line != null; taken++) {
            if (LineReader.isEnd(line)) {
                return false;
            }
            onLine(line);
            line = taken < LINES_QUEUED_MAX ? lines.poll() : null;
        }
        return true;
    }

    private void onLine(String line) {
        try {
            onMessage(Envelope.read(line));
        } catch (MalformedMessageException malformed) {
            complain(malformed.getMessage() + ": " + line.substring(0, Math.min(line.length(), 200)));
        }
    }

    private void onMessage(Envelope envelope) {
        String type = envelope.type();
        if ("init".equals(type)) {
            onInit(new Request(envelope, this::send));
        } else if (world == null) {
            new Request(envelope, this::send).fail(ErrorCode.TEMPORARILY_UNAVAILABLE, "no init yet");
        } else if (!envelope.dest().equals(self)) {
            throw new MalformedMessageException("this is " + self);
        } else if (PeerMessages.isPeerType(type)) {
            world.onPeerMessage(envelope.src(), type, envelope.body());
        } else if (envelope.body().member("in_reply_to") != null) {
            throw new MalformedMessageException("an answer to nothing that was asked");
        } else {
            Request request = new Request(envelope, this::send);
            world.enqueue("request", () -> answer(request));
        }
    }

    private void answer(Request request) {
        try {
            service.onRequest(request);
        } catch (MalformedMessageException malformed) {
            if (!request.isAnswered()) {
                request.fail(ErrorCode.MALFORMED_REQUEST, malformed.getMessage());
            }
        } catch (RuntimeException | Error broken) {
            if (!request.isAnswered()) {
                request.fail(ErrorCode.CRASH, broken.toString());
            }
            throw broken;
        }
    }

    private void onInit(Request request) {
        try {
            NodeId id = node(request.need("node_id"));
            List<NodeId> cluster = cluster(request.need("node_ids"), id);
            if (world == null) {
                begin(id, cluster);
            } else if (!id.name().equals(self)) {
                request.fail(ErrorCode.ABORT, "this is " + self + " already");
                return;
            }
            request.ok();
        } catch (MalformedMessageException malformed) {
            request.fail(ErrorCode.MALFORMED_REQUEST, malformed.getMessage());
        }
    }

    private void begin(NodeId id, List<NodeId> cluster) {
        self = id.name();
        world = new MaelstromWorld(id, cluster, folder, this::send, log, traced);
        world.boot(kernel -> {
            service = factory.boot(kernel, cluster);
            return service;
        });
    }

    private static List<NodeId> cluster(Json ids, NodeId self) {
        if (!(ids instanceof Json.Arr array)) {
            throw new MalformedMessageException("node_ids is an array");
        }
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (Json id : array.items()) {
            nodes.add(node(id));
        }
        nodes.add(self);
        return new ArrayList<>(nodes);
    }

    private static NodeId node(Json id) {
        if (id instanceof Json.Str name) {
            try {
                return NodeId.of(name.value());
            } catch (IllegalArgumentException refused) {
                throw new MalformedMessageException(refused.getMessage());
            }
        }
        throw new MalformedMessageException("a node's id is a string");
    }

    private void send(Envelope envelope) {
        try {
            out.write(envelope.line().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException closed) {
            outputBroken = true;
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException closed) {
            outputBroken = true;
        }
    }

    private void complain(String text) {
        complaints++;
        if (complaints <= COMPLAINTS_MAX) {
            log.accept(text);
        }
    }

    private int end() {
        if (complaints > 0) {
            log.accept(complaints + " lines made no sense");
        }
        if (world == null) {
            return EXIT_OK;
        }
        world.close();
        log.accept(world.linkSummary());
        if (world.haltCause() == null) {
            return EXIT_OK;
        }
        log.accept("halted: " + world.haltCause());
        for (StackTraceElement frame : world.haltCause().getStackTrace()) {
            log.accept("  at " + frame);
        }
        return EXIT_BUG;
    }
}
