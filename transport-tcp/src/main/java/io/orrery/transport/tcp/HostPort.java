package io.orrery.transport.tcp;

import io.orrery.kernel.Check;

/**
 * A host name or address with a port, as people write it: {@code node1.lan:16000}, {@code 10.0.0.1:16000},
 * {@code [fe80::1]:16000}.
 *
 * @param host without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    public HostPort {
        Check.argument(!host.isEmpty() && host.length() <= 255, "a host has 1 to 255 characters");
        Check.argument(port >= 1 && port <= 65_535, "a port is between 1 and 65535");
    }

    /**
     * @throws IllegalArgumentException if the text is not host:port
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        Check.argument(colon > 0, "an address is host:port, not '" + text + "'");
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        Check.argument(
                bracketed || host.indexOf(':') < 0,
                "an IPv6 address stands in brackets, [::1]:16000, not '" + text + "'");
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a port is a number, not '" + text.substring(colon + 1) + "'", e);
        }
        return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
