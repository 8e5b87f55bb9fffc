package io.orrery.transport.tcp;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** What sockets report, in the words of an operator: without slashes, system calls and numbers of errors. */
final class SocketWords {
    /** As the native transports begin: {@code finishConnect(..) failed with error(-111): }. */
    private static final Pattern CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    private SocketWords() {}

    /** {@code host:port}, with the host in numbers if it is known so; an IPv6 address in brackets. */
    static String address(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return String.valueOf(address);
        }
        String host = inet.getAddress() == null
                ? inet.getHostString()
                : inet.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }

    /** Why an attempt at an address failed; the address is left out, for whoever says it has said it. */
    static String why(Throwable cause, SocketAddress target) {
        String words = cause.getMessage();
        if (words == null || words.isEmpty()) {
            return cause.getClass().getSimpleName();
        }
        words = CALL.matcher(words).replaceFirst("").replace(": " + target, "");
        return words.isEmpty() ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
