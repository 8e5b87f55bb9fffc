package io.orrery.transport.aeron;

/**
 * The Aeron client or its driver is gone and does not come back: after a pause of this process beyond the liveness
 * timeout, after the driver's end, or after an interrupt of the thread that runs it. To its cluster the node has
 * crashed; its owner closes the transport and starts the node anew.
 */
public final class AeronDied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AeronDied(String reason, Throwable cause) {
        super(reason, cause);
    }
}
