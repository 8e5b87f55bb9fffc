package io.orrery.raft.transcript;

import io.orrery.kernel.NodeId;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.MembershipChange;
import io.orrery.raft.Proposal;
import io.orrery.raft.read.ReadKind;
import io.orrery.raft.session.SessionCommand;
import io.orrery.raft.session.SessionResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What users ask of replicas. How each request ends is said when it ends. */
final class Clients {
    private final Stage stage;

    Clients(Stage stage) {
        this.stage = stage;
    }

    void propose(NodeId on, String[] commands) {
        stage.on(on, () -> {
            for (String command : commands) {
                Bytes bytes = Bytes.ofUtf8(command);
                stage.group(on).propose(bytes, outcome -> stage.say(on + " proposal '" + command + end(outcome)));
            }
        });
    }

    private static String end(Proposal.Outcome outcome) {
        String where = outcome.isCommitted() ? " at " + outcome.index() : "";
        String leader = outcome.leader() == null ? "" : " leader=" + outcome.leader();
        return "' ends " + outcome.status() + where + leader;
    }

    /** {@code register}, or {@code session=3 number=1 done=1 command}. */
    void session(NodeId on, String[] words) {
        String last = words[words.length - 1];
        SessionCommand command = last.equals("register")
                ? new SessionCommand.Register()
                : new SessionCommand.Submit(
                        Settings.value(words, "session", 0),
                        Settings.value(words, "number", 0),
                        Settings.value(words, "done", 1),
                        Bytes.ofUtf8(last));
        String name = String.join(" ", Arrays.copyOfRange(words, 2, words.length));
        stage.on(
                on,
                () -> stage.group(on)
                        .propose(
                                command.encode(),
                                outcome -> stage.say(on + " proposal '" + name + end(outcome)
                                        + (outcome.isCommitted() ? ", " + answer(outcome) : ""))));
    }

    private static String answer(Proposal.Outcome outcome) {
        SessionResult result = SessionResult.decode(outcome.result());
        return switch (result.status()) {
            case APPLIED -> "APPLIED: " + result.result().utf8();
            case OPEN -> "OPEN: session " + result.value();
            default -> result.status().toString();
        };
    }

    /** So many reads in one event. */
    void read(NodeId on, ReadKind kind, int count) {
        stage.on(on, () -> {
            for (int i = 0; i < count; i++) {
                stage.group(on).read(kind, outcome -> {
                    String where = outcome.isRead() ? " at " + outcome.index() : "";
                    String leader = outcome.leader() == null ? "" : " leader=" + outcome.leader();
                    stage.say(on + " read ends " + outcome.status() + where + leader);
                });
            }
        });
    }

    void change(NodeId on, String text) {
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

    void transfer(NodeId from, NodeId to) {
        stage.on(from, () -> {
            boolean begun = stage.group(from).maybeTransferTo(to);
            stage.say(from + (begun ? " begins" : " refuses") + " to hand over to " + to);
        });
    }

    void recover(NodeId on, List<NodeId> voters) {
        stage.on(
                on,
                () -> stage.group(on)
                        .recover(
                                voters,
                                (isDone, text) ->
                                        stage.say(on + " recovery " + (isDone ? "done: " : "refused: ") + text)));
    }
}
