package io.orrery.server.admin;

import java.util.List;

/** What the admin interface can ask of a node; each answer is a JSON text. Called on the interface's own threads. */
public interface AdminApi {
    String status();

    String members();

    /** One member in full, by its name. */
    String member(String name);

    /** What the node believes of members, rows and group 0, for comparison with other nodes; soon, whatever state it is in. */
    String view();

    String routes();

    String trie();

    String topics();

    String groups();

    /** One Raft group in full. */
    String group(String name);

    /** Forces a Raft group's voters, without a quorum. Answers what was done and may be lost. */
    String recover(String group, List<String> voters);

    /**
     * Hands a Raft group's leadership to another voter, and waits until it leads.
     *
     * @param to empty for the fittest
     */
    String transfer(String group, String to);

    String namespaces();

    /** Where clients are connected, on all nodes. */
    String sessions();

    /** The registered clients of all namespaces. */
    String clients();

    /** Registers a client, or changes what is registered of it. Answers what became of it. */
    String register(String namespace, String client, List<String> purposes, String description);

    /** Ends a client's registration. Answers what became of it. */
    String unregister(String namespace, String client);

    /** Adds a namespace, or removes one. Answers what became of it. */
    String changeNamespace(boolean adds, String name);

    String dump();

    /** Joins the cluster that a node is in: its name, name and address, or address. Answers the status afterwards. */
    String join(String node);

    /** Forms a cluster of this node alone. Answers the status afterwards. */
    String init();

    /** Leaves the cluster. Answers the status afterwards. */
    String leave();

    /** Removes another node. Answers the status afterwards. */
    String remove(String node);

    /** Which keys the nodes of the cluster have. */
    String keys();

    /**
     * Changes the keys of all nodes.
     *
     * @param operation install, use, remove or rotate
     * @param key to install: the key; to use or remove: its name; to rotate: empty
     */
    String changeKeys(String operation, String key);

    /** Whether the node's thread still runs events; never looks at others. */
    boolean isLive();

    /** Why clients should not be sent here now; empty if they should. */
    String whyNotReady();

    /** Counters and gauges in Prometheus' text format. */
    String metrics();
}
