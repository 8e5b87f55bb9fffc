package io.orrery.jepsen.maelstrom;

import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Protocol;
import java.util.List;

/** A root protocol that also answers clients. */
public interface Service extends Protocol {
    /**
     * Works on a request; the answer may come in this event or a later one.
     *
     * @throws MalformedMessageException if the request lacks what its type needs; the client is told so
     */
    void onRequest(Request request);

    /** Makes the service of a node. */
    @FunctionalInterface
    interface Factory {
        /**
         * @param cluster all nodes, this one among them, sorted
         */
        Service boot(Kernel kernel, List<NodeId> cluster);
    }
}
