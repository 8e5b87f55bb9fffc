package io.moquette.broker.subscriptions;

/** Makes Moquette's trie without its directory around it. */
public final class TrieDoor {
    private TrieDoor() {}

    public static CTrie open() {
        return new CTrie();
    }
}
