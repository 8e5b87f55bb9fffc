package io.orrery.server.bench.gossip;

/** Milliseconds from a crash until the first member, and until all others, held the crashed one for dead. */
public record EverywhereRow(
        int n, int runs, Variant variant, double firstP50, double firstP99, double allP50, double allP99) {}
