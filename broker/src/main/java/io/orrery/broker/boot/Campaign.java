package io.orrery.broker.boot;

import io.orrery.broker.boot.BootCounters.Counter;
import io.orrery.broker.boot.BootMessage.Accept;
import io.orrery.broker.boot.BootMessage.Prepare;
import io.orrery.broker.boot.BootMessage.Promise;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.Timer;
import java.util.TreeSet;

/**
 * This node's tries to form a cluster, one {@link Candidacy} after the other. A ballot that is outbid or has no end in time is
 * given up; the next one has a higher round than any that was heard of, and than any that this disk has promised, so no two
 * lives of a node use one ballot (B3).
 */
final class Campaign {
    /** What a campaign needs of its node. */
    interface Host {
        void tellAll(BootMessage message);

        TreeSet<NodeId> present();

        void onDecided(Founding founding);

        void onGivenUp();
    }

    private static final long BALLOT_NANOS_MAX = Time.seconds(10);

    private final Kernel kernel;
    private final BootConfig config;
    private final Acceptor acceptor;
    private final BootCounters counters;
    private final Host host;
    private final Timer grace;
    private final Timer patience;
    private Candidacy candidacy;
    private long highestRound;
    private long ballotNanos;

    Campaign(Kernel kernel, BootConfig config, Acceptor acceptor, BootCounters counters, Host host) {
        this.kernel = kernel;
        this.config = config;
        this.acceptor = acceptor;
        this.counters = counters;
        this.host = host;
        this.ballotNanos = config.ballotNanos();
        this.grace = kernel.timer("grace", () -> maybePropose(true));
        this.patience = kernel.timer("ballot", this::onBallotTimeout);
    }

    /** Whether a ballot has neither been decided nor given up. */
    boolean isUnderWay() {
        return candidacy != null;
    }

    /** How long a ballot has: twice as long after each that was given up, for disks and links may be slow. */
    long ballotNanos() {
        return ballotNanos;
    }

    /** Somebody uses this round. */
    void onRound(long round) {
        highestRound = Math.max(highestRound, round);
    }

    /** Begins a ballot. What it asks of others goes out when this node's own promise is durable. */
    void begin() {
        Ballot ballot = new Ballot(Math.max(highestRound, acceptor.promisedRound()) + 1, kernel.self());
        if (!acceptor.maybePromise(ballot, this::onOwnPromise)) {
            return;
        }
        counters.count(Counter.BALLOTS);
        highestRound = ballot.round();
        candidacy = new Candidacy(ballot, config.electorate());
        note("ballot", ballot + " among " + host.present());
        patience.restart(ballotNanos);
    }

    /** The node is of a cluster now. */
    void end() {
        candidacy = null;
        grace.cancel();
        patience.cancel();
    }

    private boolean isCurrent(Ballot ballot) {
        return candidacy != null
                && candidacy.ballot().equals(ballot)
                && !acceptor.record().isSettled();
    }

    private void onOwnPromise(Promise promise) {
        if (isCurrent(promise.ballot())) {
            candidacy.onPromise(kernel.self(), promise);
            host.tellAll(new Prepare(config.electorate(), promise.ballot()));
            maybePropose(false);
        }
    }

    void onPromise(NodeId from, Promise promise) {
        if (isCurrent(promise.ballot())) {
            candidacy.onPromise(from, promise);
            maybePropose(false);
        }
    }

    /** A quorum is enough, but all that are here had better be voters: they have a little time. */
    private void maybePropose(boolean isLate) {
        if (candidacy == null || acceptor.record().isSettled() || !candidacy.canPropose()) {
            return;
        }
        if (!isLate && !candidacy.promised().containsAll(host.present())) {
            if (!grace.isArmed()) {
                grace.restart(config.helloNanos());
            }
            return;
        }
        grace.cancel();
        Ballot ballot = candidacy.ballot();
        Founding founding = candidacy.propose(kernel.prng());
        if (candidacy.takesOver()) {
            kernel.trace().reached(BootMarks.TAKEN_OVER);
        }
        note("propose", founding + " in " + ballot);
        acceptor.maybeAccept(ballot, founding, () -> onAccepted(kernel.self(), ballot));
        host.tellAll(new Accept(ballot, founding));
    }

    void onAccepted(NodeId from, Ballot ballot) {
        if (isCurrent(ballot) && candidacy.onAccepted(from)) {
            kernel.trace().reached(BootMarks.FORMED);
            host.onDecided(candidacy.founding());
        }
    }

    void onOutbid(Ballot promised) {
        onRound(promised.round());
        if (candidacy != null && candidacy.ballot().compareTo(promised) < 0) {
            kernel.trace().reached(BootMarks.OUTBID);
            giveUp("outbid by " + promised);
        }
    }

    private void onBallotTimeout() {
        if (candidacy != null && !acceptor.record().isSettled()) {
            kernel.trace().reached(BootMarks.GIVEN_UP);
            giveUp("no end in time");
        }
    }

    private void giveUp(String why) {
        note("give-up", candidacy.ballot() + ": " + why);
        end();
        ballotNanos = Math.min(2 * ballotNanos, Math.max(ballotNanos, BALLOT_NANOS_MAX));
        host.onGivenUp();
    }

    private void note(String what, String why) {
        if (kernel.trace().isOn()) {
            kernel.trace().transition(what, why);
        }
    }
}
