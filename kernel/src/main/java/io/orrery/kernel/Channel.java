package io.orrery.kernel;

/**
 * Names where a message belongs on any node.
 *
 * @param protocol a number that the protocol's module owns; see docs/ARCHITECTURE.md for the table
 * @param group one of many instances of the protocol on a node, such as a Raft group; 0 where there is only one
 * @param delivery what may happen to messages on the way
 */
public record Channel(short protocol, long group, Delivery delivery) implements Comparable<Channel> {
    public Channel(int protocol, long group, Delivery delivery) {
        this((short) protocol, group, delivery);
    }

    @Override
    public int compareTo(Channel other) {
        int byProtocol = Short.compare(protocol, other.protocol);
        return byProtocol != 0 ? byProtocol : Long.compare(group, other.group);
    }
}
