package io.orrery.raft.beat;

import java.util.List;

/**
 * What a node says to another for all their groups together. That it comes at all says that the node lives, which is what the
 * followers of a sleeping group go by.
 *
 * @param incarnation drawn when the node started: another one says that it has started anew, and leads nothing
 * @param sleeping the sum of {@link #mark} over the groups that sleep, as the sender has it, with the sender as the leader and
 *     the receiver as a member
 * @param wakesAll whether all groups are to wake that the receiver leads and the sender is a member of: what the two know of
 *     sleeping groups has differed for long
 * @param beats of groups that the sender leads
 * @param answers in groups that the receiver leads
 * @param wakes groups that the receiver may lead, and that are to wake
 * @param parcels entries of groups that the sender leads; to be taken before the beats, which may speak of them
 */
public record Beats(
        long incarnation,
        long sleeping,
        boolean wakesAll,
        List<Beat> beats,
        List<BeatAnswer> answers,
        List<Long> wakes,
        List<Parcel> parcels) {
    /** As version 1 has it. */
    public Beats(
            long incarnation,
            long sleeping,
            boolean wakesAll,
            List<Beat> beats,
            List<BeatAnswer> answers,
            List<Long> wakes) {
        this(incarnation, sleeping, wakesAll, beats, answers, wakes, List.of());
    }

    /** What a sleeping group adds to {@link #sleeping}. */
    public static long mark(long group, long term) {
        long mixed = (group * 0x9E3779B97F4A7C15L ^ term) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 29;
    }
}
