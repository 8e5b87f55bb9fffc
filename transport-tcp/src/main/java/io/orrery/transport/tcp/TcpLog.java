package io.orrery.transport.tcp;

import java.lang.System.Logger.Level;

/** Where the transport's words for the operator go. Called on the node's thread, so it must not block. */
@FunctionalInterface
public interface TcpLog {
    void note(Level level, String text);

    /** The platform's logger named after this package. */
    TcpLog SYSTEM = System.getLogger("io.orrery.transport.tcp")::log;
}
