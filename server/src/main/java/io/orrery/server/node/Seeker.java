package io.orrery.server.node;

import io.orrery.kernel.NodeId;
import io.orrery.server.config.Address;
import io.orrery.server.discovery.Suggestion;
import io.orrery.server.problem.ExitCode;
import io.orrery.server.problem.Problem;
import io.orrery.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the cluster of a node that is to join one: dials what discovery suggests until one of them answers, and introduces
 * the node there. Gossip does the rest. For one thread at a time.
 */
final class Seeker {
    private static final Logger LOG = LoggerFactory.getLogger(Seeker.class);
    private static final long DIAL_SECONDS_MAX = 8;
    private static final int PAUSE_ROUNDS_MAX = 20;
    /** Every so many times those are dialed too that answered before: they may be others now. */
    private static final int REDIAL_DIALS = 8;

    private final ServerNode node;
    private final TreeSet<NodeId> introduced = new TreeSet<>();
    /** Who answered at an address: to dial it anew would break the connection that is there. */
    private final TreeMap<String, NodeId> answered = new TreeMap<>();

    private RunningNode introducedIn;
    private int rounds;
    private int pauseRounds = 1;
    private int dials;
    private String lastWords = "";

    Seeker(ServerNode node) {
        this.node = node;
    }

    /** A round, if it is time for one and the node still looks for others. */
    void seek() {
        RunningNode running = node.running();
        if (running == null || !node.isJoining() || ++rounds < pauseRounds) {
            return;
        }
        rounds = 0;
        boolean isAlone = running.ask(broker -> broker.membership().livePeers().isEmpty());
        if (isAlone) {
            pauseRounds = Math.min(2 * pauseRounds, PAUSE_ROUNDS_MAX);
            dialAll(running);
        } else {
            pauseRounds = PAUSE_ROUNDS_MAX;
        }
    }

    /**
     * The first round.
     *
     * @throws ProblemException if others answered and every one of them turns this node away; silence is no refusal
     */
    void seekOnce() {
        List<String> refusals = new ArrayList<>();
        boolean othersMayAnswer = false;
        for (String failure : dialAll(node.running())) {
            if (NodeAssembly.isRefusal(failure)) {
                refusals.add(failure);
            } else {
                othersMayAnswer = true;
            }
        }
        if (!refusals.isEmpty() && !othersMayAnswer && introduced.isEmpty()) {
            throw new ProblemException(ExitCode.REFUSED, "this node was turned away", String.join("; ", refusals), "");
        }
    }

    /** Dials all at once; the failures come back. */
    private List<String> dialAll(RunningNode running) {
        if (introducedIn != running) {
            introduced.clear();
            answered.clear();
            introducedIn = running;
        }
        List<Suggestion> targets = new ArrayList<>();
        List<CompletableFuture<NodeId>> answers = new ArrayList<>();
        if (dials++ % REDIAL_DIALS == 0) {
            answered.clear();
        }
        for (Suggestion target : node.discovery().suggestions()) {
            boolean isKnown = answered.containsKey(target.address().toString());
            if (!isKnown && !node.self().equals(target.node())) {
                targets.add(target);
                answers.add(running.dial(target.address()));
            }
        }
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            try {
                NodeId found = found(targets.get(i).address(), answers.get(i));
                answered.put(targets.get(i).address().toString(), found);
                introduce(running, found);
            } catch (ProblemException e) {
                failures.add(e.getMessage());
            }
        }
        String words = String.join("; ", failures);
        if (!words.isEmpty() && !words.equals(lastWords)) {
            LOG.warn("{} looks for its cluster: {}", node.self(), words);
        }
        lastWords = words;
        return failures;
    }

    private void introduce(RunningNode running, NodeId found) {
        if (!found.equals(node.self()) && introduced.add(found)) {
            running.thread().submit(() -> running.inputs().join(List.of(found)));
        }
    }

    /**
     * Waits for the answer of a dial.
     *
     * @throws ProblemException if there is none; its exit code tells a refusal from silence
     */
    static NodeId found(Address address, CompletableFuture<NodeId> answer) {
        String failure;
        try {
            return answer.get(DIAL_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            failure = "cannot connect to " + address + ": no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "the node is stopping";
        } catch (ExecutionException e) {
            failure = Problem.reason(e.getCause());
        }
        throw new ProblemException(
                NodeAssembly.isRefusal(failure) ? ExitCode.REFUSED : ExitCode.UNREACHABLE, failure, "", "");
    }
}
