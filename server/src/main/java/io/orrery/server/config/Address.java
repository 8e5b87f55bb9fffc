package io.orrery.server.config;

/**
 * Where a node listens for other nodes.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
    public static final int PORT_DEFAULT = 16_000;

    /**
     * Reads {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}.
     *
     * @throws IllegalArgumentException with a reason for people
     */
    public static Address parse(String text) {
        String host = text;
        String port = "";
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || (end + 1 < text.length() && text.charAt(end + 1) != ':')) {
                throw new IllegalArgumentException("is not [address]:port");
            }
            host = text.substring(1, end);
            port = end + 1 < text.length() ? text.substring(end + 2) : "";
        } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') >= 0) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
            if (port.isEmpty()) {
                throw new IllegalArgumentException("ends where a port should be");
            }
        }
        if (host.indexOf(':') >= 0 && !host.matches("[0-9a-fA-F:.]+(%.+)?")) {
            throw new IllegalArgumentException("is neither host:port nor an IPv6 address");
        }
        if (host.isEmpty()) {
            throw new IllegalArgumentException("has no host");
        }
        return new Address(host, port.isEmpty() ? PORT_DEFAULT : port(port));
    }

    private static int port(String text) {
        long port = Quantity.whole(text);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has a port that is not between 1 and 65535");
        }
        return (int) port;
    }

    /** Whether only this machine is meant. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
