package io.orrery.transport.aeron;

import io.aeron.Aeron;
import io.aeron.PublicationErrorFrameHandler;
import io.aeron.driver.MediaDriver;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentInvoker;

/** The Aeron client of a transport, with the driver of its own if it has one. For the node's thread. */
final class Client implements AutoCloseable {
    private final MediaDriver driver;
    private final AgentInvoker driverInvoker;
    private final Aeron aeron;
    private final AgentInvoker conductor;

    private Client(MediaDriver driver, Aeron aeron) {
        this.driver = driver;
        this.driverInvoker = driver == null ? null : driver.sharedAgentInvoker();
        this.aeron = aeron;
        this.conductor = aeron.conductorAgentInvoker();
    }

    /**
     * @param port names the own driver's directory; 0 for none
     */
    static Client open(
            AeronConfig config, int port, Clocks clocks, ErrorLog errors, PublicationErrorFrameHandler onRejected) {
        MediaDriver driver = config.driverDirectory() == null ? launch(config, port, clocks, errors) : null;
        try {
            String directory = driver == null ? config.driverDirectory().toString() : driver.aeronDirectoryName();
            Aeron.Context context = new Aeron.Context()
                    .aeronDirectoryName(directory)
                    .clientName("orrery " + config.self())
                    .useConductorAgentInvoker(true)
                    .driverTimeoutMs(config.livenessNanos() / 1_000_000)
                    .nanoClock(clocks.nano())
                    .epochClock(clocks.epoch())
                    .errorHandler(errors)
                    .subscriberErrorHandler(errors)
                    .publicationErrorFrameHandler(onRejected);
            if (driver != null) {
                context.driverAgentInvoker(driver.sharedAgentInvoker());
            }
            return new Client(driver, Aeron.connect(context));
        } catch (RuntimeException e) {
            CloseHelper.quietClose(driver);
            throw e;
        }
    }

    private static MediaDriver launch(AeronConfig config, int port, Clocks clocks, ErrorLog errors) {
        Path directory = DriverDirectory.of(config, port);
        DriverDirectory.clear(directory);
        MediaDriver.Context context = Drivers.context(
                directory,
                config.threading(),
                config.idle(),
                clocks,
                config.connectionTimeoutNanos(),
                config.livenessNanos());
        return MediaDriver.launch(context.errorHandler(errors)
                .counterValuesBufferLength(config.counterBytes())
                .mtuLength(config.mtuBytes())
                .initialWindowLength(config.windowBytes())
                .socketRcvbufLength(config.windowBytes()));
    }

    Aeron aeron() {
        return aeron;
    }

    /** Runs the driver, if it has no threads, and the client; returns how much they did. */
    int work() {
        int done = driverInvoker == null ? 0 : driverInvoker.invoke();
        return done + conductor.invoke();
    }

    boolean isDead() {
        return aeron.isClosed() || driverInvoker != null && !driverInvoker.isRunning();
    }

    @Override
    public void close() {
        CloseHelper.quietClose(aeron);
        CloseHelper.quietClose(driver);
    }
}
