package io.orrery.server.config;

import io.orrery.kernel.NodeId;

/**
 * A node named before it is met: {@code emq1@127.0.0.1:16000}, or, when the name says nothing about the host,
 * {@code machine-1=10.0.0.1:16000}. The node's own name is what stands before the port or the equals sign.
 *
 * @param node the name
 * @param address where it listens
 */
public record Seed(NodeId node, Address address) {
    /**
     * Reads {@code name@host}, {@code name@host:port} or {@code name=host:port}.
     *
     * @throws IllegalArgumentException with a reason for people
     */
    public static Seed parse(String text) {
        int equals = text.indexOf('=');
        if (equals > 0) {
            return new Seed(NodeId.of(text.substring(0, equals)), Address.parse(text.substring(equals + 1)));
        }
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1) {
            throw new IllegalArgumentException("is not name@host, name@host:port or name=host:port");
        }
        Address address = Address.parse(text.substring(at + 1));
        String host = address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
        return new Seed(NodeId.of(text.substring(0, at) + "@" + host), address);
    }

    @Override
    public String toString() {
        return node + "=" + address;
    }
}
