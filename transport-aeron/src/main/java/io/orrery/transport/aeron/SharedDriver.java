package io.orrery.transport.aeron;

import io.aeron.driver.MediaDriver;
import io.orrery.kernel.Check;
import io.orrery.kernel.Time;
import io.orrery.kernel.host.HostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A media driver that the nodes of one machine share, on threads of its own: what {@link Media#IPC} needs. Its end is
 * the end of all its nodes' Aeron clients; close it last.
 */
public final class SharedDriver implements AutoCloseable {
    private final MediaDriver driver;
    private final Path directory;

    private SharedDriver(MediaDriver driver, Path directory) {
        this.driver = driver;
        this.directory = directory;
    }

    /**
     * @param directory made, and removed by {@link #close}; what a dead driver left there is removed
     * @param threading {@link Threading#SHARED} or {@link Threading#DEDICATED}
     * @throws HostException if a driver lives there, or the JVM lacks a flag: the text says what to do
     */
    public static SharedDriver launch(Path directory, Threading threading, DriverIdle idle) {
        Check.argument(threading != Threading.INVOKER, "a shared driver has threads of its own");
        Optional<String> missing = JvmFlags.missing();
        if (missing.isPresent()) {
            throw new HostException(missing.get());
        }
        DriverDirectory.clear(directory);
        MediaDriver driver = MediaDriver.launch(
                Drivers.context(directory, threading, idle, Clocks.SYSTEM, Time.seconds(5), Time.seconds(10)));
        return new SharedDriver(driver, directory);
    }

    /** For {@link AeronConfig#driverDirectory}. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        driver.close();
    }
}
