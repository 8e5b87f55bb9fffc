package io.orrery.transport.aeron;

import io.orrery.kernel.Delivery;

/** Aeron's channel URIs for what the config says. */
final class Channels {
    private Channels() {}

    static String publication(AeronConfig config, Address address, Delivery delivery) {
        String terms = "term-length=" + config.termBytes(delivery) + "|mtu=" + config.mtuBytes();
        return config.media() == Media.IPC ? "aeron:ipc?" + terms : "aeron:udp?endpoint=" + address + "|" + terms;
    }

    /**
     * @param tag makes all subscriptions of this transport share one socket
     * @param isFirst the first names the socket, the others refer to it by its tag
     */
    static String subscription(AeronConfig config, Address bind, long tag, boolean isFirst) {
        if (config.media() == Media.IPC) {
            return "aeron:ipc";
        }
        if (!isFirst) {
            return "aeron:udp?tags=" + tag;
        }
        return "aeron:udp?tags=" + tag + "|endpoint=" + bind + "|rcv-wnd=" + config.windowBytes() + "|so-rcvbuf="
                + config.windowBytes();
    }
}
