package io.orrery.gossip.registry;

/** The sessions that this node stands for: whatever the registry loses of them is written again. */
public interface LiveSessions {
    /** Takes one session. */
    @FunctionalInterface
    interface Visitor {
        void visit(String namespace, String clientId, long sinceMillis);
    }

    /** Shows all of them. */
    void forEach(Visitor visitor);

    /** Shows one, if it is there. */
    void find(String namespace, String clientId, Visitor visitor);

    /** Of a node that has none. */
    LiveSessions NONE = new LiveSessions() {
        @Override
        public void forEach(Visitor visitor) {}

        @Override
        public void find(String namespace, String clientId, Visitor visitor) {}
    };
}
