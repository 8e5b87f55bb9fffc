package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.raft.log.Ahead;

/**
 * Reads of a replica what its next message or completion will need: see {@link Ahead}. Of each object that is far from the others
 * one field or two, of what few groups need nothing.
 */
final class Glance {
    private Glance() {}

    /** A task of a group, before which its replica is looked at. */
    static Ahead.Task task(Roles roles, Runnable task) {
        return new ReplicaTask(roles, task);
    }

    private record ReplicaTask(Roles roles, Runnable task) implements Ahead.Task {
        private ReplicaTask {
            Check.argument(task != null, "there is something to run");
        }

        @Override
        public void run() {
            task.run();
        }

        @Override
        public long look() {
            return at(roles);
        }
    }

    static long at(Roles roles) {
        Leadership leadership = roles.leadership();
        long ofRole = leadership == null ? ofFollower(roles) : ofLeader(leadership);
        return ofRole + ofReplica(roles.replica());
    }

    private static long ofFollower(Roles roles) {
        Following following = roles.following();
        return following == null ? 0 : following.acknowledged() + (roles.pulse.isElectionArmed() ? 1 : 0);
    }

    private static long ofLeader(Leadership leadership) {
        long sum = leadership.matchAdvances();
        for (Peer peer : leadership.peers()) {
            sum += peer.appliedIndex + peer.progress.match();
            sum += peer.progress.inflights().oldest();
        }
        return sum;
    }

    private static long ofReplica(Replica replica) {
        long applied = replica.appliedIndex();
        return applied
                + replica.term()
                + replica.configurations.latestIndex()
                + replica.snapshots.slicesFetched()
                + replica.proposals().look()
                + replica.log.look(applied + 1);
    }
}
