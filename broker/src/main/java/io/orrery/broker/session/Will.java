package io.orrery.broker.session;

/**
 * The message that is published when the connection ends otherwise than by the client's DISCONNECT (MQTT 5.0 section
 * 3.1.2.5). Its delay is cut to nothing, since it must not outlast the session, and clean sessions end with their
 * connection.
 */
public record Will(Message message) {}
