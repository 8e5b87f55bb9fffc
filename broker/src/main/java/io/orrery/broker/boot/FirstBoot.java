package io.orrery.broker.boot;

import io.orrery.broker.boot.BootCounters.Counter;
import io.orrery.broker.boot.BootMessage.Accept;
import io.orrery.broker.boot.BootMessage.Accepted;
import io.orrery.broker.boot.BootMessage.Formed;
import io.orrery.broker.boot.BootMessage.Hello;
import io.orrery.broker.boot.BootMessage.Outbid;
import io.orrery.broker.boot.BootMessage.Prepare;
import io.orrery.broker.boot.BootMessage.Promise;
import io.orrery.broker.boot.BootMessage.Refused;
import io.orrery.gossip.ClusterId;
import io.orrery.kernel.AddressBook;
import io.orrery.kernel.Channel;
import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.Description;
import io.orrery.kernel.Kernel;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Port;
import io.orrery.kernel.Protocol;
import io.orrery.kernel.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which cluster this node is of: read from its disk, learnt from a node that is of one, or formed with others that are of none.
 *
 * <pre>
 *   READING ──► WAITING ◄──► BALLOT        a quorum accepts ──► SETTLED
 *      │           └──────── told of a cluster ───────────────────▲
 *      └──── the disk says which cluster ─────────────────────────┘
 * </pre>
 *
 * <ul>
 *   <li>B1: an id that is durable never changes on its disk, and nothing else of the node runs before it is.
 *   <li>B2: promised ballots never fall; a promise or an acceptance is durable before anybody hears of it.
 *   <li>B3: a ballot proposes one founding: what the highest ballot that its promises tell of has accepted, if any has.
 *   <li>B4: a cluster is formed when a quorum has accepted its founding in one ballot.
 *   <li>B5: any two quorums share a node ({@link Electorate}), and where so many nodes start that they need not, none of them
 *       that sees it takes part.
 *   <li>B6: a node that is of a cluster promises and accepts nothing; it tells whoever asks which cluster it is.
 *   <li>B7: a node begins as a voter only on the disk with which it promised to be one.
 * </ul>
 *
 * <p>B2 to B5 are Paxos (Lamport, "Paxos Made Simple", 2001) for one value. By them a second founding is never accepted by a
 * quorum once one has been. Disks that are lost take promises with them: of a counted electorate of {@code n} among {@code m}
 * starters {@code 2n - m - 1} may be lost before the cluster is formed, of a named one none.
 *
 * <p>For the node's thread. Give it a kernel scope of its own.
 */
public final class FirstBoot implements Protocol {
    private static final Channel CHANNEL = new Channel(11, 0, Delivery.STREAM);
    private static final int ABSENT_AFTER_HELLOS = 4;

    private final Kernel kernel;
    private final BootConfig config;
    private final String cluster;
    private final String address;
    private final AddressBook book;
    private final Consumer<BootOutcome> listener;
    private final BootCounters counters = new BootCounters();
    private final BootFile file;
    private final Acceptor acceptor;
    private final Starters starters;
    private final Timer hello;
    private final Campaign campaign;
    private Port<Letter> port;
    private long quorumSinceNanos = -1;
    private String refusal = "";
    private NodeId admittedBy;
    private boolean isReading = true;
    private boolean isToldOutcome;

    /**
     * @param cluster its name, formed or not
     * @param address where others reach this node; empty where a name is enough
     * @param book is told where others are
     * @param listener hears once, in a later event, which cluster this node is of
     */
    public FirstBoot(
            Kernel kernel,
            BootConfig config,
            String cluster,
            String address,
            AddressBook book,
            Consumer<BootOutcome> listener) {
        this.kernel = kernel;
        this.config = config;
        this.cluster = cluster;
        this.address = address;
        this.book = book;
        this.listener = listener;
        this.file = new BootFile(kernel);
        this.acceptor = new Acceptor(file, config.electorate(), counters);
        this.starters = new Starters(kernel.self(), config.electorate());
        this.hello = kernel.timer("hello", this::onHelloTimeout);
        this.campaign = new Campaign(kernel, config, acceptor, counters, new Campaign.Host() {
            @Override
            public void tellAll(BootMessage message) {
                starters.known().forEach(node -> send(node, message));
            }

            @Override
            public TreeSet<NodeId> present() {
                return FirstBoot.this.present();
            }

            @Override
            public void onDecided(Founding founding) {
                FirstBoot.this.onDecided(founding);
            }

            @Override
            public void onGivenUp() {
                FirstBoot.this.onGivenUp();
            }
        });
    }

    @Override
    public void start() {
        config.seeds().forEach(seed -> starters.maybeAdd(seed, ""));
        file.read(this::onRead);
    }

    private void onRead(BootRecord found) {
        if (found.isEmpty()) {
            BootRecord fresh = BootRecord.EMPTY.ofDisk(kernel.prng().nextLong() | 1);
            file.write(fresh, () -> begin(fresh));
        } else {
            begin(found);
        }
    }

    private void begin(BootRecord record) {
        isReading = false;
        acceptor.restore(record);
        port = kernel.open(CHANNEL, BootCodec.INSTANCE, this::onLetter);
        if (acceptor.isSettled()) {
            becomeSettled();
            return;
        }
        if (config.isOlder()) {
            acceptor.maybeSettle(new Founding(ClusterId.ofName(cluster), new TreeMap<>()), this::becomeSettled);
            return;
        }
        if (record.promised() != null) {
            kernel.trace().reached(BootMarks.PROMISE_KEPT);
        } else if (config.electorate().isAlone(kernel.self())) {
            formAlone();
            return;
        }
        if (record.promised() != null && !acceptor.takesPart()) {
            refusal = "this node has promised to form a cluster by " + record.electorate()
                    + ": start it with the same --expect and seeds as then, or give it an empty directory";
        }
        hello.restart(0);
    }

    // ---- what the node's owner asks for

    /** Asks these, too. */
    public void contact(List<NodeId> nodes) {
        nodes.forEach(node -> starters.maybeAdd(node, ""));
        if (isWaiting()) {
            hello.restart(0);
        }
    }

    /**
     * Forms a cluster of this node alone, because an operator says that there is none to join.
     *
     * @return why not; empty if it is under way
     */
    public String init() {
        if (isReading) {
            return "the node's disk has not answered yet";
        }
        if (acceptor.record().isSettled()) {
            return "this node is of cluster " + acceptor.record().id() + ": a node that has data never forms another";
        }
        if (config.electorate().forms()) {
            return "this node forms a cluster with others by itself: it expects " + config.electorate();
        }
        if (acceptor.record().promised() != null) {
            return refusal;
        }
        formAlone();
        return "";
    }

    /** Nobody else is to be asked, nor listened to. */
    private void formAlone() {
        TreeMap<NodeId, Long> alone = new TreeMap<>();
        alone.put(kernel.self(), acceptor.record().disk());
        acceptor.maybeSettle(new Founding(ClusterId.draw(kernel.prng()), alone), this::onFormedHere);
    }

    // ---- views

    /** Whether the disk has answered, and which cluster this node is of is not known yet. */
    public boolean isWaiting() {
        return !isReading && !acceptor.isSettled();
    }

    /** Of this node's cluster; NONE until it is durable. */
    public ClusterId id() {
        return acceptor.isSettled() ? acceptor.record().id() : ClusterId.NONE;
    }

    /** What the cluster began with; null until it is known, durably. */
    public Founding founding() {
        return acceptor.isSettled() ? acceptor.record().settled() : null;
    }

    /** The highest ballot that this node takes part in, as far as its disk has answered; null if none. */
    public Ballot promised() {
        return acceptor.record().promised();
    }

    public BootCounters counters() {
        return counters;
    }

    public BootProgress progress() {
        List<NodeId> present = new ArrayList<>(present());
        List<NodeId> missing = new ArrayList<>(config.electorate().names());
        missing.removeAll(present);
        BootProgress.Phase phase = isReading
                ? BootProgress.Phase.READING
                : acceptor.isSettled()
                        ? BootProgress.Phase.SETTLED
                        : campaign.isUnderWay() ? BootProgress.Phase.BALLOT : BootProgress.Phase.WAITING;
        return new BootProgress(phase, config.electorate(), present, missing, refusal);
    }

    // ---- looking for others

    private void onHelloTimeout() {
        if (acceptor.record().isSettled()) {
            return;
        }
        Hello greeting = new Hello(config.electorate(), address, starters.told());
        starters.known().forEach(node -> send(node, greeting));
        maybeCampaign();
        hello.restart(config.helloNanos() - kernel.prng().below(config.helloNanos() / 4 + 1));
    }

    private TreeSet<NodeId> present() {
        return starters.present(kernel.nowNanos() - ABSENT_AFTER_HELLOS * config.helloNanos());
    }

    /** The first by name goes first; the others, one after the other, only if it does not. */
    private void maybeCampaign() {
        TreeSet<NodeId> present = present();
        boolean canForm = config.electorate().isQuorum(present) && acceptor.takesPart();
        if (!canForm || !config.electorate().includes(kernel.self()) || isOverrun()) {
            quorumSinceNanos = -1;
            return;
        }
        if (quorumSinceNanos < 0) {
            quorumSinceNanos = kernel.nowNanos();
        }
        boolean isWhole = present.size() >= config.electorate().expected();
        int rank = present.headSet(kernel.self()).size();
        long waitNanos = (isWhole ? 0 : config.patienceNanos()) + rank * campaign.ballotNanos();
        if (!campaign.isUnderWay() && kernel.nowNanos() - quorumSinceNanos >= waitNanos) {
            if (!isWhole) {
                kernel.trace().reached(BootMarks.WITHOUT_ALL);
            }
            campaign.begin();
        }
    }

    /** B5. */
    private boolean isOverrun() {
        int starting = starters.everPresent();
        if (!config.electorate().isOverrun(starting)) {
            return false;
        }
        refusal = starting + " nodes without a cluster are here: with "
                + config.electorate().expected()
                + " expected, two clusters could form. Expect more than half of all that start, on each of them";
        return true;
    }

    // ---- a ballot of this node

    private void onDecided(Founding founding) {
        acceptor.maybeSettle(founding, this::onFormedHere);
    }

    private void onGivenUp() {
        quorumSinceNanos = kernel.nowNanos() + kernel.prng().below(campaign.ballotNanos());
    }

    // ---- messages

    private void send(NodeId to, BootMessage message) {
        port.send(to, new Letter(cluster, message));
    }

    private void onLetter(NodeId from, Letter letter) {
        BootMessage message = letter.message();
        if (!letter.cluster().equals(cluster)) {
            counters.count(Counter.REFUSED_OTHER_NAME);
            refuse(from, message, from + " is of cluster " + letter.cluster() + ", not " + cluster);
        } else if (message instanceof Hello greeting) {
            onHello(from, greeting);
        } else if (message instanceof Formed formed) {
            onFormed(from, formed);
        } else if (message instanceof Refused refused) {
            refusal = from + ": " + refused.reason();
        } else if (acceptor.isSettled()) {
            if (message instanceof Prepare || message instanceof Accept) {
                kernel.trace().reached(BootMarks.TOO_LATE);
                admit(from);
            }
        } else if (message instanceof Prepare prepare) {
            onPrepare(from, prepare);
        } else if (message instanceof Promise promise) {
            campaign.onPromise(from, promise);
        } else if (message instanceof Accept accept) {
            onAccept(from, accept);
        } else if (message instanceof Accepted accepted) {
            campaign.onAccepted(from, accepted.ballot());
        } else if (message instanceof Outbid outbid) {
            campaign.onOutbid(outbid.promised());
        }
    }

    private void refuse(NodeId from, BootMessage message, String reason) {
        if (!reason.equals(refusal)) {
            note("refuse", reason);
        }
        refusal = reason;
        if (message instanceof Hello || message instanceof Prepare) {
            send(from, new Refused(reason));
        }
    }

    private void onHello(NodeId from, Hello greeting) {
        book.learn(from, greeting.address());
        if (acceptor.isSettled()) {
            admit(from);
            return;
        }
        boolean isNews = starters.maybeAdd(from, greeting.address());
        starters.onHello(from, greeting.electorate(), kernel.nowNanos());
        for (Starter other : greeting.starters()) {
            if (!other.node().equals(kernel.self()) && starters.maybeAdd(other.node(), other.address())) {
                book.learn(other.node(), other.address());
            }
        }
        if (isNews && !acceptor.record().isSettled()) {
            send(from, new Hello(config.electorate(), address, starters.told()));
        }
        if (greeting.electorate().forms() && config.electorate().forms()) {
            requireSame(from, greeting, greeting.electorate());
        }
    }

    /** Whether a node expects the same others as this one does. */
    private boolean requireSame(NodeId from, BootMessage message, Electorate theirs) {
        if (theirs.equals(config.electorate())) {
            return true;
        }
        counters.count(Counter.REFUSED_OTHER_ELECTORATE);
        refuse(
                from,
                message,
                from + " expects " + theirs + ", " + kernel.self() + " expects " + config.electorate()
                        + ": give all nodes the same --expect and seeds");
        return false;
    }

    /** B6: tells which cluster this is. */
    private void admit(NodeId from) {
        counters.count(Counter.ADMITTED);
        send(from, new Formed(acceptor.record().settled(), address));
    }

    private void onPrepare(NodeId from, Prepare prepare) {
        if (!requireSame(from, prepare, prepare.electorate())
                || !config.electorate().includes(kernel.self())) {
            return;
        }
        if (isOverrun()) {
            counters.count(Counter.REFUSED_TOO_MANY);
            refuse(from, prepare, refusal);
            return;
        }
        Ballot ballot = prepare.ballot();
        campaign.onRound(ballot.round());
        boolean promised = acceptor.maybePromise(ballot, promise -> send(from, promise));
        if (!promised && acceptor.isBehind(ballot)) {
            send(from, new Outbid(acceptor.record().promised()));
        }
    }

    private void onAccept(NodeId from, Accept accept) {
        Ballot ballot = accept.ballot();
        if (!config.electorate().includes(kernel.self())) {
            return;
        }
        boolean accepted = acceptor.maybeAccept(ballot, accept.founding(), () -> send(from, new Accepted(ballot)));
        if (!accepted && acceptor.isBehind(ballot)) {
            send(from, new Outbid(acceptor.record().promised()));
        }
    }

    private void onFormed(NodeId from, Formed formed) {
        book.learn(from, formed.address());
        ClusterId own = acceptor.record().id();
        if (acceptor.record().isSettled()) {
            if (!own.equals(formed.founding().id())) {
                counters.count(Counter.REFUSED_OTHER_ID);
                refuse(
                        from,
                        formed,
                        from + " is of another cluster of the name " + cluster + ": its id is "
                                + formed.founding().id() + ", not " + own);
            }
            return;
        }
        boolean settles = acceptor.maybeSettle(formed.founding(), () -> {
            kernel.trace().reached(BootMarks.ADOPTED);
            becomeSettled();
        });
        if (settles) {
            admittedBy = from;
        }
    }

    // ---- the end

    private void onFormedHere() {
        becomeSettled();
        starters.known().forEach(this::admit);
    }

    private void becomeSettled() {
        Check.that(acceptor.isSettled() && !isToldOutcome, "B1: a node is told its cluster once, when it is durable");
        isToldOutcome = true;
        refusal = "";
        hello.cancel();
        campaign.end();
        Founding founding = acceptor.record().settled();
        boolean begins = founding.isVoter(kernel.self(), acceptor.record().disk());
        if (!begins && founding.voters().containsKey(kernel.self())) {
            kernel.trace().reached(BootMarks.DISK_LOST);
        }
        List<NodeId> contacts = new ArrayList<>(founding.names());
        contacts.remove(kernel.self());
        if (admittedBy != null && !contacts.contains(admittedBy)) {
            contacts.add(admittedBy);
        }
        note("settled", founding + (begins ? ", as a voter" : ""));
        listener.accept(new BootOutcome(founding.id(), begins ? founding.names() : List.of(), begins, contacts));
    }

    private void note(String what, String why) {
        if (kernel.trace().isOn()) {
            kernel.trace().transition(what, why);
        }
    }

    @Override
    public void describe(Description out) {
        BootRecord record = acceptor.record();
        out.value("phase", progress().phase().name());
        out.value("promised", acceptor.promisedRound());
        out.value(
                "accepted",
                record.acceptedIn() == null ? 0 : record.acceptedIn().round());
        out.value("present", present().size());
    }

    @Override
    public void checkInvariants() {
        Check.that(acceptor.isSettled() == isToldOutcome, "B1: what is durable is told");
        Check.that(!isWaiting() || acceptor.record().isSettled() || hello.isArmed(), "who waits looks again");
    }
}
