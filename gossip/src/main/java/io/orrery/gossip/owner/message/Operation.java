package io.orrery.gossip.owner.message;

import io.orrery.kernel.codec.Bytes;

/** One entry of an owner's log: a row came, or went. */
public record Operation(boolean added, Bytes row) {}
