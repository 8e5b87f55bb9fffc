package io.orrery.raft.transcript;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.raft.Configuration;
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
 *   limits entries=2 inflight=1 catch-up=0 pending=9   for nodes that start from now on, as those that follow:
 *   leases on drift=100000       and by how many ppm clocks are trusted not to drift
 *   reads waiting=2
 *   snapshots every=4 tail=1 slice=64      entries, entries, bytes
 *   sessions on, sleep on        sleep: the group shares its node's heartbeat, and falls silent
 *   priority n1 20, drift n1 100000        of one node
 *
 *   expire n1 election           lets a timer of n1 expire: election, heartbeat, quorum, ...
 *   advance 100ms                lets time go on, and timers expire that come due
 *   deliver                      hands over messages until none is left
 *   deliver n1->n2 n2->*         hands over those that wait on these links now
 *   drop n1->*                   loses those that wait on these links now
 *   copy x n1->n2, replay x      remembers those that wait on these links now; hands them over, late or once more
 *   cut n3, mend n3              loses all to and from a node from now on; or no more
 *   elect n1                     n1's election timer expires, and all messages are handed over
 *   beat n1                      the same of its heartbeat timer
 *
 *   propose n1 a b               proposes commands
 *   session n1 register, session n1 session=3 number=1 done=1 a     proposes within a session
 *   read n1 [lease] [times=3]    asks for a linearizable read, or some at the same time
 *   change n1 learner n4, promote n4, demote n2, remove n3, add n4, voter n5     one change of several steps
 *   transfer n1 n2               hands leadership over
 *   recover n1 n1 n2             forces voters
 *
 *   hold n1, release n1 [count]  the disk performs nothing; performs so many of what waits, or all and goes on
 *   full n1 [bytes], space n1    the disk takes no more, or only so much; there is space again
 *   rot n1 text                  inverts a byte wherever this text is on the disk
 *   crash n1, restart n1, wipe n1
 *
 *   state [n1], log n1, peers n1, members n1 n2
 *   quiet                        what is said and noted in this block is left out; first of a block
 * </pre>
 */
final class Director {
    private final Stage stage = new Stage();
    private final Clients clients = new Clients(stage);
    private final Questions questions = new Questions(stage);
    private final List<NodeId> cut = new ArrayList<>();

    /** Runs a block's commands; what they brought. */
    List<String> run(List<String> commands) {
        boolean quiet = commands.contains("quiet");
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
        boolean isKnown = words[0].equals("quiet")
                || isQuestion(words[0])
                || isSetting(words)
                || isWorldly(words)
                || isAsked(words, command.trim());
        if (!isKnown) {
            throw new IllegalArgumentException("no command '" + words[0] + "' in: " + command);
        }
    }

    private static boolean isQuestion(String word) {
        return List.of("state", "log", "peers", "members").contains(word);
    }

    private boolean isSetting(String[] words) {
        Settings settings = stage.settings();
        switch (words[0]) {
            case "limits" -> settings.limits(words);
            case "leases" -> settings.leases(words);
            case "reads" -> settings.reads(words);
            case "snapshots" -> settings.snapshots(words);
            case "sessions" -> settings.sessions(words[1].equals("on"));
            case "sleep" -> settings.sleeps(words[1].equals("on"));
            case "priority" -> settings.priority(NodeId.of(words[1]), Integer.parseInt(words[2]));
            case "drift" -> settings.drift(NodeId.of(words[1]), Integer.parseInt(words[2]));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What happens to nodes, links, clocks and disks. */
    private boolean isWorldly(String[] words) {
        switch (words[0]) {
            case "cluster" -> cluster(ids(words, 1));
            case "join" -> stage.add(NodeId.of(words[1]), Configuration.EMPTY);
            case "expire" -> stage.expire(NodeId.of(words[1]), words[2]);
            case "advance" -> stage.advance(millis(words[1]));
            case "deliver" -> deliver(words);
            case "drop" -> stage.drop(links(words, 1));
            case "copy" -> stage.copy(words[1], links(words, 2));
            case "replay" -> stage.replay(words[1]);
            case "cut" -> cut.addAll(ids(words, 1));
            case "mend" -> cut.removeAll(ids(words, 1));
            case "elect" -> expireAndDeliver(NodeId.of(words[1]), "election");
            case "beat" -> expireAndDeliver(NodeId.of(words[1]), "heartbeat");
            case "hold" -> stage.disk(NodeId.of(words[1])).hold();
            case "release" -> release(words);
            case "full" -> stage.disk(NodeId.of(words[1])).full(words.length > 2 ? Long.parseLong(words[2]) : 0);
            case "space" -> stage.disk(NodeId.of(words[1])).space();
            case "rot" -> rot(NodeId.of(words[1]), words[2]);
            case "crash" -> stage.crash(NodeId.of(words[1]));
            case "restart" -> stage.start(NodeId.of(words[1]));
            case "wipe" -> stage.disk(NodeId.of(words[1])).wipe();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isAsked(String[] words, String command) {
        NodeId on = words.length > 1 ? NodeId.of(words[1]) : null;
        switch (words[0]) {
            case "propose" -> clients.propose(on, Arrays.copyOfRange(words, 2, words.length));
            case "session" -> clients.session(on, words);
            case "read" -> read(on, words);
            case "change" -> clients.change(on, command.substring(("change " + words[1]).length()));
            case "transfer" -> clients.transfer(on, NodeId.of(words[2]));
            case "recover" -> clients.recover(on, ids(words, 2));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static long millis(String text) {
        return Time.millis(Long.parseLong(text.substring(0, text.length() - "ms".length())));
    }

    /** What a question is answered with; nothing for a command. */
    private List<String> answer(String command) {
        String[] words = command.trim().split(" +", -1);
        if (!isQuestion(words[0])) {
            return List.of();
        }
        List<NodeId> asked = words.length > 1 ? ids(words, 1) : stage.ids();
        return switch (words[0]) {
            case "state" -> asked.stream().map(questions::state).toList();
            case "log" -> asked.stream().map(questions::log).toList();
            case "peers" -> questions.peers(asked.get(0));
            default -> questions.members(asked).lines().toList();
        };
    }

    private static List<NodeId> ids(String[] words, int from) {
        return Arrays.stream(words, from, words.length).map(NodeId::of).toList();
    }

    private void cluster(List<NodeId> voters) {
        voters.forEach(id -> stage.add(id, Configuration.ofVoters(voters)));
    }

    private void deliver(String[] words) {
        if (words.length > 1) {
            stage.deliver(links(words, 1));
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

    private static BiPredicate<NodeId, NodeId> links(String[] words, int first) {
        return (from, to) -> Arrays.stream(words, first, words.length).anyMatch(link -> {
            int arrow = link.indexOf("->");
            return matches(link.substring(0, arrow), from) && matches(link.substring(arrow + 2), to);
        });
    }

    private static boolean matches(String pattern, NodeId id) {
        return pattern.equals("*") || pattern.equals(id.name());
    }

    private void read(NodeId on, String[] words) {
        boolean isLease = Arrays.asList(words).contains("lease");
        clients.read(on, isLease ? ReadKind.LEASE : ReadKind.INDEX, Settings.value(words, "times", 1));
    }

    private void rot(NodeId id, String text) {
        stage.say(id + "'s disk has rotted in " + stage.disk(id).rot(text) + " places");
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

    private void expireAndDeliver(NodeId id, String timer) {
        stage.expire(id, timer);
        deliver(new String[] {"deliver"});
    }
}
