package io.orrery.broker.boot;

import io.orrery.broker.boot.BootCounters.Counter;
import io.orrery.broker.boot.BootMessage.Promise;
import io.orrery.kernel.Check;
import java.util.function.Consumer;

/**
 * What a node has promised, accepted, and become: Paxos' acceptor, with its disk. Whoever asks for something hears when it is
 * durable, and never if it is refused.
 *
 * <ul>
 *   <li>B1: an id that is durable never changes on its disk.
 *   <li>B2: promised ballots never fall; a promise or an acceptance is durable before anybody hears of it.
 *   <li>B6: a node that is of a cluster promises and accepts nothing.
 * </ul>
 */
final class Acceptor {
    private final BootFile file;
    private final Electorate electorate;
    private final BootCounters counters;
    private BootRecord record = BootRecord.EMPTY;
    private boolean isSettled;

    Acceptor(BootFile file, Electorate electorate, BootCounters counters) {
        this.file = file;
        this.electorate = electorate;
        this.counters = counters;
    }

    /** Goes on from what is on disk. */
    void restore(BootRecord found) {
        record = found;
        isSettled = found.isSettled();
    }

    BootRecord record() {
        return record;
    }

    /** Whether its cluster is known, durably. */
    boolean isSettled() {
        return isSettled;
    }

    long promisedRound() {
        return record.promised() == null ? 0 : record.promised().round();
    }

    /** B5: whether all that this disk promised was among the nodes that are expected now. */
    boolean takesPart() {
        return electorate.forms()
                && (record.promised() == null || record.electorate().equals(electorate));
    }

    /** Phase 1b: promises a ballot, unless it has promised a higher one. */
    boolean maybePromise(Ballot ballot, Consumer<Promise> durable) {
        if (isBehind(ballot) || !takesPart() || !canChange()) {
            return false;
        }
        counters.count(Counter.PROMISES);
        record = record.promise(electorate, ballot);
        Promise promise = new Promise(ballot, record.disk(), record.acceptedIn(), record.accepted());
        file.write(record, () -> durable.accept(promise));
        return true;
    }

    /** Phase 2b: accepts what a ballot proposes, unless it has promised a higher one. */
    boolean maybeAccept(Ballot ballot, Founding founding, Runnable durable) {
        if (isBehind(ballot) || !takesPart() || !canChange()) {
            return false;
        }
        Check.that(
                !ballot.equals(record.acceptedIn()) || founding.equals(record.accepted()),
                "B3: a ballot proposes one founding");
        counters.count(Counter.ACCEPTED);
        record = record.accept(electorate, ballot, founding);
        file.write(record, durable);
        return true;
    }

    /** Is of a cluster from here on, as soon as that is durable. */
    boolean maybeSettle(Founding founding, Runnable durable) {
        if (!canChange()) {
            return false;
        }
        record = record.settle(founding);
        file.write(record, () -> {
            isSettled = true;
            durable.run();
        });
        return true;
    }

    /** B2: whether a higher ballot is promised. */
    boolean isBehind(Ballot ballot) {
        return record.promised() != null && ballot.compareTo(record.promised()) < 0;
    }

    /** B1, B6; and the disk keeps up. */
    private boolean canChange() {
        if (record.isSettled()) {
            return false;
        }
        if (!file.hasRoom()) {
            counters.count(Counter.DROPPED_BUSY);
            return false;
        }
        return true;
    }
}
