package io.orrery.kernel;

/** What a node runs: called at the node's first start and after every crash, each time for a new incarnation. */
@FunctionalInterface
public interface Program {
    /** Builds the root protocol. Nothing of an earlier incarnation is left but what {@link Kernel#storage} holds. */
    Protocol boot(Kernel kernel);
}
