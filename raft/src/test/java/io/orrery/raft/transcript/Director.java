package io.orrery.raft.transcript;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.Configuration;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.RaftConfig;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.LogView;
import io.orrery.raft.read.ReadConfig;
import io.orrery.raft.read.ReadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The commands of transcripts.
 *
 * <pre>
 *   cluster n1 n2 n3             starts voters with one configuration
 *   join n4                      starts a node that waits to be contacted
 *   limits entries=2 inflight=1 catch-up=0   of messages, for nodes that start from now on
 *   leases on                    for nodes that start from now on
 *   expire n1 election           lets a timer of n1 expire: election, heartbeat, quorum, ...
 *   advance 100ms                lets time go on, and timers expire that come due
 *   deliver                      hands over messages until none is left
 *   deliver n1->n2 n2->*         hands over those that wait on these links now
 *   drop n1->*                   loses those that wait on these links now
 *   cut n3, mend n3              loses all to and from a node from now on; or no more
 *   propose n1 a b               proposes commands
 *   read n1 [lease]              asks for a linearizable read
 *   change n1 learner n4, promote n4, demote n2, remove n3, add n4, voter n5     one change of several steps
 *   transfer n1 n2               hands leadership over
 *   hold n1, release n1 [count]  the disk performs nothing; performs so many of what waits, or all and goes on
 *   crash n1, restart n1, wipe n1
 *   elect n1                     n1's election timer expires, and all messages are handed over
 *   state [n1], log n1           of all nodes, of one
 *   quiet                        what is said and noted by the rest of this block is left out
 * </pre>
 */
final class Director {
    private final Stage stage = new Stage();
    private final List<NodeId> cut = new ArrayList<>();
    private boolean quiet;

    /** Runs a block's commands; what they brought. */
    List<String> run(List<String> commands) {
        quiet = false;
        List<String> output = new ArrayList<>();
        for (String command : commands) {
            perform(command);
            loseCut();
            List<String> lines = stage.takeLines();
            if (!quiet) {
                output.addAll(lines);
            }
            output.addAll(answer(command));
        }
        return output;
    }

    private void perform(String command) {
        String[] words = command.trim().split(" +", -1);
        switch (words[0]) {
            case "cluster" -> cluster(ids(words, 1));
            case "join" -> stage.add(NodeId.of(words[1]), Configuration.EMPTY);
            case "limits" -> limits(words);
            case "leases" -> leases(words[1].equals("on"));
            case "expire" -> stage.expire(NodeId.of(words[1]), words[2]);
            case "advance" -> stage.advance(millis(words[1]));
            case "deliver" -> deliver(words);
            case "drop" -> stage.drop(links(words));
            case "cut" -> cut.addAll(ids(words, 1));
            case "mend" -> cut.removeAll(ids(words, 1));
            case "propose" -> propose(NodeId.of(words[1]), Arrays.copyOfRange(words, 2, words.length));
            case "read" -> read(NodeId.of(words[1]), words.length > 2 ? ReadKind.LEASE : ReadKind.INDEX);
            case "change" -> change(NodeId.of(words[1]), command.trim().substring(("change " + words[1]).length()));
            case "transfer" -> transfer(NodeId.of(words[1]), NodeId.of(words[2]));
            case "hold" -> stage.disk(NodeId.of(words[1])).hold();
            case "release" -> release(words);
            case "crash" -> stage.crash(NodeId.of(words[1]));
            case "restart" -> stage.start(NodeId.of(words[1]));
            case "wipe" -> stage.disk(NodeId.of(words[1])).wipe();
            case "elect" -> elect(NodeId.of(words[1]));
            case "quiet" -> quiet = true;
            case "state", "log" -> {}
            default -> throw new IllegalArgumentException("no command '" + words[0] + "' in: " + command);
        }
    }

    private static long millis(String text) {
        return Time.millis(Long.parseLong(text.substring(0, text.length() - "ms".length())));
    }

    /** What a question is answered with; nothing for a command. */
    private List<String> answer(String command) {
        String[] words = command.trim().split(" +", -1);
        if (words[0].equals("state")) {
            return (words.length > 1 ? ids(words, 1) : stage.ids())
                    .stream().map(this::state).toList();
        }
        return words[0].equals("log") ? List.of(log(NodeId.of(words[1]))) : List.of();
    }

    private static List<NodeId> ids(String[] words, int from) {
        return Arrays.stream(words, from, words.length).map(NodeId::of).toList();
    }

    private void cluster(List<NodeId> voters) {
        voters.forEach(id -> stage.add(id, Configuration.ofVoters(voters)));
    }

    private void limits(String[] words) {
        RaftConfig.Limits limits = stage.config().limits();
        int entries = limits.messageEntriesMax();
        int inflight = limits.inflightMessagesMax();
        int catchUp = limits.catchUpEntriesMax();
        int pending = limits.pendingProposalsMax();
        for (int i = 1; i < words.length; i++) {
            int value = Integer.parseInt(words[i].substring(words[i].indexOf('=') + 1));
            switch (words[i].substring(0, words[i].indexOf('='))) {
                case "entries" -> entries = value;
                case "inflight" -> inflight = value;
                case "catch-up" -> catchUp = value;
                case "pending" -> pending = value;
                default -> throw new IllegalArgumentException("no limit: " + words[i]);
            }
        }
        stage.config(stage.config()
                .with(new RaftConfig.Limits(
                        entries,
                        limits.messageBytesMax(),
                        inflight,
                        limits.inflightBytesMax(),
                        pending,
                        limits.pendingBytesMax(),
                        limits.commandBytesMax(),
                        limits.applyEntriesMax(),
                        catchUp)));
    }

    private void leases(boolean on) {
        ReadConfig reads = stage.config().reads();
        stage.config(
                stage.config().with(new ReadConfig(reads.waitingMax(), reads.timeoutNanos(), on, reads.driftPpmMax())));
    }

    private void deliver(String[] words) {
        if (words.length > 1) {
            stage.deliver(links(words));
            return;
        }
        for (int round = 0; round < 1000; round++) {
            loseCut();
            if (stage.deliver((from, to) -> true) == 0) {
                return;
            }
        }
        throw new IllegalStateException("messages never cease");
    }

    private void loseCut() {
        stage.drop((from, to) -> cut.contains(from) || cut.contains(to));
    }

    private static BiPredicate<NodeId, NodeId> links(String[] words) {
        return (from, to) -> Arrays.stream(words, 1, words.length).anyMatch(link -> {
            int arrow = link.indexOf("->");
            return matches(link.substring(0, arrow), from) && matches(link.substring(arrow + 2), to);
        });
    }

    private static boolean matches(String pattern, NodeId id) {
        return pattern.equals("*") || pattern.equals(id.name());
    }

    private void propose(NodeId on, String[] commands) {
        stage.on(on, () -> {
            for (String command : commands) {
                stage.group(on).propose(Bytes.ofUtf8(command), outcome -> {
                    String where = outcome.isCommitted() ? " at " + outcome.index() : "";
                    String leader = outcome.leader() == null ? "" : " leader=" + outcome.leader();
                    stage.say(on + " proposal '" + command + "' ends " + outcome.status() + where + leader);
                });
            }
        });
    }

    private void read(NodeId on, ReadKind kind) {
        stage.on(
                on,
                () -> stage.group(on).read(kind, outcome -> {
                    String where = outcome.isRead() ? " at " + outcome.index() : "";
                    String leader = outcome.leader() == null ? "" : " leader=" + outcome.leader();
                    stage.say(on + " read ends " + outcome.status() + where + leader);
                }));
    }

    private void change(NodeId on, String text) {
        List<MembershipChange.Step> steps = new ArrayList<>();
        for (String step : text.split(",", -1)) {
            String[] words = step.trim().split(" +", -1);
            steps.add(new MembershipChange.Step(kind(words[0]), NodeId.of(words[1])));
        }
        stage.on(
                on,
                () -> stage.group(on).change(new MembershipChange(steps), outcome -> {
                    String reason = outcome.reason().isEmpty() ? "" : ": " + outcome.reason();
                    stage.say(on + " change ends " + outcome.status() + reason);
                }));
    }

    private static MembershipChange.Kind kind(String word) {
        return switch (word) {
            case "learner" -> MembershipChange.Kind.ADD_LEARNER;
            case "add" -> MembershipChange.Kind.ADD_PROMOTABLE;
            case "voter" -> MembershipChange.Kind.ADD_VOTER;
            case "promote" -> MembershipChange.Kind.PROMOTE;
            case "demote" -> MembershipChange.Kind.DEMOTE;
            case "remove" -> MembershipChange.Kind.REMOVE;
            default -> throw new IllegalArgumentException("no change '" + word + "'");
        };
    }

    private void transfer(NodeId from, NodeId to) {
        stage.on(from, () -> {
            boolean begun = stage.group(from).maybeTransferTo(to);
            stage.say(from + (begun ? " begins" : " refuses") + " to hand over to " + to);
        });
    }

    private void release(String[] words) {
        StageDisk disk = stage.disk(NodeId.of(words[1]));
        if (words.length > 2) {
            disk.release(Integer.parseInt(words[2]));
        } else {
            disk.unhold();
        }
        stage.settle();
    }

    private void elect(NodeId id) {
        stage.expire(id, "election");
        deliver(new String[] {"deliver"});
    }

    private String state(NodeId id) {
        if (!stage.isUp(id)) {
            return id + " is down";
        }
        RaftGroup group = stage.group(id);
        String vote =
                group.view().toldVote() == null ? "" : " vote=" + group.view().toldVote();
        return id + " " + group.role() + " term=" + group.term() + vote + " leader=" + group.leader() + " last="
                + group.lastIndex() + " durable=" + group.view().log().durableIndex() + " commit=" + group.commitIndex()
                + " applied=" + stage.actor(id).machine.applied();
    }

    private String log(NodeId id) {
        LogView log = stage.group(id).view().log();
        StringBuilder text = new StringBuilder(id + " log");
        for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
            text.append(' ').append(Words.of(log.entry(index)));
        }
        return text.toString();
    }
}
