package io.orrery.jepsen.peer;

import java.util.List;

/**
 * Consecutive frames of one connection.
 *
 * @param epoch of the connection; a later one ends all earlier ones
 * @param first sequence number of the first frame, counted from 0 in each epoch
 * @param frames at least one
 */
public record Segment(long epoch, long first, List<byte[]> frames) {}
