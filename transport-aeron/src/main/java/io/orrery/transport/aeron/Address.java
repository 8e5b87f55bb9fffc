package io.orrery.transport.aeron;

import io.orrery.kernel.Delivery;

/**
 * An address of a node and the Aeron channels it means.
 *
 * <p>UDP: one endpoint, a stream id per delivery class. IPC: the host is {@code ipc}, and the port picks two stream ids
 * of the shared driver.
 *
 * @param host a name or literal address, brackets around IPv6
 * @param port 0 to 65535; 0 lets the driver choose, for UDP's bind address alone
 */
record Address(String host, int port) {
    static final String IPC_HOST = "ipc";
    private static final int UDP_STREAMS = 101;
    private static final int UDP_DATAGRAMS = 102;

    /**
     * @throws IllegalArgumentException unless the text is {@code host:port} of that media
     */
    static Address parse(Media media, String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0 || colon == text.length() - 1 || !isHost(text.substring(0, colon))) {
            throw new IllegalArgumentException("an address is host:port, an IPv6 host in brackets: " + text);
        }
        int port = port(text, colon + 1);
        String host = text.substring(0, colon);
        if (media == Media.IPC && !host.equals(IPC_HOST)) {
            throw new IllegalArgumentException("an IPC address is ipc:number: " + text);
        }
        return new Address(host, port);
    }

    /** Characters that would change the meaning of a channel URI are refused with all the rest. */
    private static boolean isHost(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-';
            boolean bracket = bracketed && (i == 0 || i == host.length() - 1);
            boolean inBrackets = bracketed && (c == ':' || c == '%' || c == '_');
            if (!plain && !bracket && !inBrackets && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static int port(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i - from > 4) {
                throw new IllegalArgumentException("a port is a number up to 65535: " + text);
            }
            port = port * 10 + c - '0';
        }
        if (port > 65_535) {
            throw new IllegalArgumentException("a port is a number up to 65535: " + text);
        }
        return port;
    }

    boolean isWildcard() {
        return host.equals("0.0.0.0") || host.equals("[::]");
    }

    int streamId(Media media, Delivery delivery) {
        boolean datagrams = delivery == Delivery.DATAGRAM;
        if (media == Media.UDP) {
            return datagrams ? UDP_DATAGRAMS : UDP_STREAMS;
        }
        return 2 * port + (datagrams ? 1 : 0);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
