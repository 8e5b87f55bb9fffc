package io.orrery.raft;

import io.orrery.kernel.Check;
import io.orrery.kernel.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which configuration follows on which (dissertation, sections 4.1 and 4.3). Pure: without messages, time or a log.
 *
 * <pre>
 *   simple:  at most one voter differs              C_old ----------------------> C_new
 *   joint:   any others                             C_old ---> C_old,new -------> C_new
 * </pre>
 *
 * <ul>
 *   <li>I1: any quorum of a configuration and any quorum of the one that follows share a node.
 * </ul>
 */
final class ConfigurationChange {
    private ConfigurationChange() {}

    /** Why the change does not fit the configuration; null if it does. */
    static String objection(Configuration from, MembershipChange change) {
        if (from.isJoint()) {
            return "a joint configuration is in force";
        }
        for (MembershipChange.Step step : change.steps()) {
            String objection = objection(from, step);
            if (objection != null) {
                return objection;
            }
        }
        Members to = new Members(from, change);
        if (to.voters.isEmpty()) {
            return change.steps().get(0).node() + " is the only voter";
        }
        TreeSet<NodeId> all = new TreeSet<>(from.voters());
        all.addAll(to.voters);
        all.addAll(to.learners);
        return all.size() > Configuration.MEMBERS_MAX
                ? "the group would have more than " + Configuration.MEMBERS_MAX + " members"
                : null;
    }

    private static String objection(Configuration from, MembershipChange.Step step) {
        NodeId node = step.node();
        return switch (step.kind()) {
            case ADD_LEARNER, ADD_PROMOTABLE, ADD_VOTER -> from.isMember(node) ? node + " is a member" : null;
            case PROMOTE -> from.isLearner(node) ? null : node + " is not a learner";
            case DEMOTE -> from.isVoter(node) ? null : node + " is not a voter";
            case REMOVE -> from.isMember(node) ? null : node + " is not a member";
        };
    }

    /** What comes into force next: the new configuration if that is safe in one step, else the joint one before it. */
    static Configuration apply(Configuration from, MembershipChange change) {
        String objection = objection(from, change);
        Check.argument(objection == null, "a change fits", objection);
        Members to = new Members(from, change);
        Configuration next = isSimple(from.voters(), to.voters) ? to.simple() : to.joint(from);
        Check.that(next.isJoint() || isSimple(from.voters(), next.voters()), "I1: one voter at a time, or joint");
        Check.that(!next.isJoint() || next.outgoing().equals(from.voters()), "I1: all voters of before go on voting");
        return next;
    }

    /** What follows a joint configuration: the incoming voters alone decide. */
    static Configuration leaveJoint(Configuration joint) {
        Check.that(joint.isJoint(), "only a joint configuration is left");
        TreeSet<NodeId> learners = new TreeSet<>(joint.learners());
        learners.addAll(joint.learnersNext());
        Configuration next = new Configuration(
                joint.voters(), List.of(), new ArrayList<>(learners), List.of(), joint.promotable(), false);
        Check.that(next.voters().equals(joint.voters()), "I1: the incoming voters stay");
        return next;
    }

    /** Section 4.1: at most one voter comes or goes, so any two majorities share a node. */
    static boolean isSimple(List<NodeId> before, List<NodeId> after) {
        TreeSet<NodeId> come = new TreeSet<>(after);
        come.removeAll(before);
        TreeSet<NodeId> gone = new TreeSet<>(before);
        gone.removeAll(after);
        return come.size() + gone.size() <= 1;
    }

    /** What the members come to. */
    private static final class Members {
        private final List<NodeId> voters;
        private final List<NodeId> learners;
        private final List<NodeId> promotable;

        Members(Configuration from, MembershipChange change) {
            voters = new ArrayList<>(from.voters());
            learners = new ArrayList<>(from.learners());
            promotable = new ArrayList<>(from.promotable());
            change.steps().forEach(this::take);
        }

        private void take(MembershipChange.Step step) {
            NodeId node = step.node();
            voters.remove(node);
            learners.remove(node);
            promotable.remove(node);
            switch (step.kind()) {
                case ADD_VOTER, PROMOTE -> voters.add(node);
                case ADD_LEARNER, DEMOTE -> learners.add(node);
                case ADD_PROMOTABLE -> {
                    learners.add(node);
                    promotable.add(node);
                }
                case REMOVE -> {}
            }
        }

        Configuration simple() {
            return new Configuration(voters, List.of(), learners, List.of(), promotable, false);
        }

        /** Who votes and is to learn stays in the outgoing half until that is left. */
        Configuration joint(Configuration from) {
            List<NodeId> now = new ArrayList<>(learners);
            now.removeAll(from.voters());
            List<NodeId> later = new ArrayList<>(learners);
            later.retainAll(from.voters());
            return new Configuration(voters, from.voters(), now, later, promotable, false);
        }
    }
}
