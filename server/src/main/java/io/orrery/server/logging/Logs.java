package io.orrery.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.orrery.server.config.Keys.LogLevel;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Sets up logging for a process that runs nodes. */
public final class Logs {
    private Logs() {}

    /** Takes over the platform's logging, which transports use, and sets the level. */
    public static void start(LogLevel level) {
        level(level);
        LogManager.getLogManager().reset();
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.setLevel(java.util.logging.Level.ALL);
        root.addHandler(new Bridge());
    }

    /** Sets how much of our own is written; of libraries never more than their warnings. */
    public static void level(LogLevel level) {
        ((Logger) LoggerFactory.getLogger("io.orrery")).setLevel(Level.valueOf(level.name()));
    }

    /** Hands records of java.util.logging on to SLF4J. */
    private static final class Bridge extends Handler {
        @Override
        public void publish(LogRecord entry) {
            String name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
            org.slf4j.Logger target = LoggerFactory.getLogger(name);
            int level = entry.getLevel().intValue();
            if (level >= java.util.logging.Level.SEVERE.intValue()) {
                target.error(entry.getMessage(), entry.getThrown());
            } else if (level >= java.util.logging.Level.WARNING.intValue()) {
                target.warn(entry.getMessage(), entry.getThrown());
            } else if (level >= java.util.logging.Level.INFO.intValue()) {
                target.info(entry.getMessage(), entry.getThrown());
            } else {
                target.debug(entry.getMessage(), entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
