package io.orrery.sim.journal;

import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Program;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import io.orrery.kernel.codec.Bytes;
import io.orrery.kernel.codec.Codec;
import io.orrery.kernel.codec.Decoder;
import io.orrery.kernel.codec.Encoder;
import io.orrery.kernel.journal.Tape;

/** Uses everything that a kernel offers: its sum depends on clocks, chance, frames, refusals, files and what is added. */
final class Ledger implements Protocol {
    /** Added to it, it halts. */
    static final long POISON = -1;

    private static final NodeId PEER = NodeId.of("peer");
    private static final Channel CHANNEL = new Channel(1000, 0, Delivery.DATAGRAM);

    private final Kernel kernel;
    private final long swerveAt;
    private final Port<Long> port;
    private final Timer tick;
    private final Timer putOff;
    private long sum;
    private long additions;
    private long refusals;
    private long failures;

    /**
     * @param swerveAt from this addition on it does otherwise; 0 for never
     */
    Ledger(Kernel kernel, long swerveAt) {
        this.kernel = kernel;
        this.swerveAt = swerveAt;
        port = kernel.open(CHANNEL, new Numbers(), (from, number) -> sum += number);
        tick = kernel.timer("tick", this::onTick);
        putOff = kernel.timer("put-off", () -> sum++);
    }

    @Override
    public void start() {
        kernel.storage().list((files, failure) -> files.forEach(file -> sum += file.length()));
        kernel.storage()
                .read(
                        "sum",
                        0,
                        8,
                        (data, failure) ->
                                sum += data.length() == 8 ? data.decoder().readLong() : 0);
        tick.restart(0);
    }

    private void onTick() {
        sum += kernel.prng().below(1000) + kernel.wallMillis() % 7;
        kernel.storage().rename("missing", "found", (nothing, failure) -> failures += failure == null ? 0 : 1);
        tick.restart(Time.millis(1));
        putOff.restart(Time.micros(500 + kernel.prng().below(1_000)));
    }

    /** What callers do to it from outside. */
    static void add(Protocol root, long number, Tape tape) {
        if (tape != null && tape.isOn()) {
            Encoder out = new Encoder();
            out.writeLong(number);
            tape.input(out.buffer(), 0, out.position());
        }
        ((Ledger) root).add(number);
    }

    private void add(long number) {
        Check.that(number != POISON, "the ledger takes no poison", number);
        additions++;
        sum += number;
        if (!port.send(PEER, number)) {
            refusals++;
        }
        port.send(kernel.self(), 1L);
        if (additions == swerveAt) {
            port.send(PEER, 0L);
        }
        kernel.defer(this::save);
    }

    private void save() {
        Encoder out = new Encoder();
        out.writeLong(sum);
        kernel.storage().write("sum", 0, out.toBytes(), (nothing, failure) -> {});
        kernel.storage().sync("sum", (nothing, failure) -> sum ^= additions);
    }

    /** Changes it in a way that nobody else hears of. */
    void addUnsaid() {
        tick.restart(Time.millis(2));
    }

    @Override
    public void describe(Description out) {
        out.value("sum", sum);
        out.value("additions", additions);
        out.value("refusals", refusals);
        out.value("failures", failures);
    }

    /** Eight bytes. */
    private static final class Numbers implements Codec<Long> {
        @Override
        public void encode(Long message, Encoder out) {
            out.writeLong(message);
        }

        @Override
        public Long decode(Decoder in) {
            return in.readLong();
        }
    }

    /** It, to be replayed. */
    static ReplayedProgram<Long> replayed(long swerveAt) {
        return new ReplayedProgram<>() {
            @Override
            public Program program() {
                return kernel -> new Ledger(kernel, swerveAt);
            }

            @Override
            public Long decode(Decoder in) {
                return in.readLong();
            }

            @Override
            public void perform(Protocol root, Long input, Tape tape) {
                add(root, input, tape);
            }
        };
    }

    static final Bytes DESCRIPTION = Bytes.ofUtf8("a ledger");
}
