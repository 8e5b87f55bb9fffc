package io.orrery.server.bench.raft;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * One system in its own JVM: starts it, warms it up and measures each window, one line a window on standard output.
 *
 * <p>Arguments: class of the {@link Contender}, directory, {@code synced} or {@code unsynced}, bytes of a command, milliseconds
 * of warming up, milliseconds of a window, and the numbers in flight.
 */
public final class ContenderMain {
    private ContenderMain() {}

    public static void main(String[] args) throws Exception {
        Contender contender =
                (Contender) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        int payloadBytes = Integer.parseInt(args[3]);
        long warmUpNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[4]));
        long windowNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[5]));
        int status = 0;
        try (contender) {
            contender.start(Path.of(args[1]), args[2].equals("synced"));
            Meter meter = new Meter(contender, payloadBytes);
            for (int i = 6; i < args.length; i++) {
                int inFlight = Integer.parseInt(args[i]);
                meter.run(inFlight, warmUpNanos);
                System.out.println(meter.run(inFlight, windowNanos).line());
            }
        } catch (Exception e) {
            // The process that started this one shows the line.
            System.err.println(e);
            status = 1;
        }
        // Some systems leave threads behind.
        System.exit(status);
    }
}
