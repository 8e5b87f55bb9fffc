package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import io.orrery.raft.beat.Beat;
import io.orrery.raft.beat.BeatAnswer;
import io.orrery.raft.beat.Beats;
import io.orrery.raft.beat.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a node's {@link Heart} knows of another node, and what it is about to tell it. Decides nothing. */
final class Neighbour {
    final NodeId node;

    /** Groups that sleep, led here, with the other as a member. */
    final TreeMap<Long, Pulse> led = new TreeMap<>();

    /** Groups that sleep, led by the other. */
    final TreeMap<Long, Pulse> followed = new TreeMap<>();

    private long ledSum;
    private long followedSum;
    private boolean heard;
    private long heardNanos;
    private long incarnation;
    private long wantedNanos;
    private boolean differs;
    private long differsSinceNanos;

    /** The other is to wake all groups that it leads and this node is a member of. */
    boolean owesWakeAll;

    private List<Beat> beats = new ArrayList<>();
    private List<BeatAnswer> answers = new ArrayList<>();
    private List<Long> wakes = new ArrayList<>();
    private List<Parcel> parcels = new ArrayList<>();
    private long parcelBytes;

    Neighbour(NodeId node, long nowNanos) {
        this.node = node;
        this.wantedNanos = nowNanos;
    }

    /** Whether the other has started anew since it was heard last. */
    boolean maybeRestarted(Beats message, long nowNanos) {
        boolean restarted = heard && incarnation != message.incarnation();
        heard = true;
        heardNanos = nowNanos;
        incarnation = message.incarnation();
        return restarted;
    }

    /** A group has something to say to it. */
    void onWanted(long nowNanos) {
        wantedNanos = nowNanos;
    }

    /** Whether it spoke within this time. */
    boolean isHeardWithin(long nanos, long nowNanos) {
        return heard && nowNanos - heardNanos < nanos;
    }

    /** When it was heard last, by this node's clock; meaningless if it never was. */
    long heardNanos() {
        return heardNanos;
    }

    /** Whether nobody needs it: it has not been heard nor wanted for so long, and no group sleeps with it. */
    boolean isForgettable(long nanos, long nowNanos) {
        boolean isUsed = !led.isEmpty() || !followed.isEmpty() || nowNanos - wantedNanos < nanos;
        return !isUsed && !isHeardWithin(nanos, nowNanos);
    }

    void addLed(long group, long term, Pulse pulse) {
        Check.that(led.put(group, pulse) == null, "a group falls asleep once", group);
        ledSum += Beats.mark(group, term);
    }

    void removeLed(long group, long term) {
        Check.that(led.remove(group) != null, "what wakes was asleep", group);
        ledSum -= Beats.mark(group, term);
    }

    void addFollowed(long group, long term, Pulse pulse) {
        Check.that(followed.put(group, pulse) == null, "a group falls asleep once", group);
        followedSum += Beats.mark(group, term);
    }

    void removeFollowed(long group, long term) {
        Check.that(followed.remove(group) != null, "what wakes was asleep", group);
        followedSum -= Beats.mark(group, term);
    }

    /** Whether what both know of the groups that sleep under the other has differed for so long; then it begins anew. */
    boolean maybeDiffer(long told, long nanos, long nowNanos) {
        if (told == followedSum) {
            differs = false;
            return false;
        }
        if (!differs) {
            differs = true;
            differsSinceNanos = nowNanos;
        }
        boolean isLong = nowNanos - differsSinceNanos >= nanos;
        differs = !isLong;
        return isLong;
    }

    void add(Beat beat) {
        beats.add(beat);
    }

    void add(BeatAnswer answer) {
        answers.add(answer);
    }

    void add(Parcel parcel, long bytes) {
        parcels.add(parcel);
        parcelBytes += bytes;
    }

    /** Bytes of entries that wait. */
    long parcelBytes() {
        return parcelBytes;
    }

    void addWake(long group) {
        wakes.add(group);
    }

    /** Beats, answers and parcels that wait. */
    int waiting() {
        return beats.size() + answers.size() + parcels.size();
    }

    boolean hasSomethingToSay() {
        return waiting() > 0 || !wakes.isEmpty() || owesWakeAll;
    }

    /** What waits to be told; then nothing does. */
    Beats take(long ownIncarnation) {
        Beats message = new Beats(ownIncarnation, ledSum, owesWakeAll, beats, answers, wakes, parcels);
        beats = new ArrayList<>();
        answers = new ArrayList<>();
        wakes = new ArrayList<>();
        parcels = new ArrayList<>();
        parcelBytes = 0;
        owesWakeAll = false;
        return message;
    }
}
