package io.orrery.raft.transcript;

import io.orrery.kernel.NodeId;
import io.orrery.raft.RaftGroup;
import io.orrery.raft.log.LogView;
import java.util.List;
import java.util.stream.Collectors;

/** What can be asked about replicas; asking changes nothing. */
final class Questions {
    private final Stage stage;

    Questions(Stage stage) {
        this.stage = stage;
    }

    String state(NodeId id) {
        if (!stage.isUp(id)) {
            return id + " is down";
        }
        RaftGroup group = stage.group(id);
        String vote = group.view().vote() == null ? "" : " vote=" + group.view().vote();
        return id + " " + group.role() + " term=" + group.term() + vote + " leader=" + group.leader() + " last="
                + group.lastIndex() + " durable=" + group.view().log().durableIndex() + " commit=" + group.commitIndex()
                + " applied=" + stage.actor(id).machine.applied() + (group.isAsleep() ? " asleep" : "");
    }

    /** Where it begins, if that is compacted, then each entry as index/term:content. */
    String log(NodeId id) {
        LogView log = stage.group(id).view().log();
        StringBuilder text = new StringBuilder(id + " log");
        text.append(log.firstIndex() > 1 ? " compacted to " + (log.firstIndex() - 1) : "");
        for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
            text.append(' ').append(Words.of(log.entry(index)));
        }
        return text.toString();
    }

    /** What a leader knows of each peer. */
    List<String> peers(NodeId id) {
        return stage.group(id).peers().stream()
                .map(peer -> id + " knows of " + peer.node() + ": " + peer.state() + " match=" + peer.matchIndex()
                        + " next=" + peer.nextIndex() + (peer.isLeaving() ? " leaving" : ""))
                .toList();
    }

    String members(List<NodeId> ids) {
        return ids.stream()
                .map(id -> id + " has " + stage.group(id).configuration() + " at "
                        + stage.group(id).configurationIndex())
                .collect(Collectors.joining("\n"));
    }
}
