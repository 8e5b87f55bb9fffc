package io.orrery.transport.aeron;

import io.orrery.kernel.Check;
import io.orrery.kernel.Delivery;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.seal.EncryptionMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose session is accepted. Invariants:
 *
 * <ul>
 *   <li>I1 At most one session per sender and delivery class is current: the one of the newest generation of the boot
 *       accepted last.
 *   <li>I2 A boot once superseded never becomes current again, while it is remembered.
 * </ul>
 *
 * Old sessions may still bring frames after new ones have begun, when a partition heals or a publication lingers; I1
 * keeps a stream's order across its connections.
 */
final class Admission {
    private static final int BOOTS_REMEMBERED = 8;

    private final NodeId self;
    private final String clusterName;
    private final Cookie cookie;
    private final long selfBoot;
    private final EncryptionMode mode;
    private final Seals seals;
    private final Map<NodeId, Sender> senders;

    /** What is accepted of one sender. */
    static final class Sender {
        private final long[] formerBoots = new long[BOOTS_REMEMBERED];
        private final long[] generations = new long[Delivery.values().length];
        private int formerCount;
        private long boot;

        private Sender(long boot) {
            this.boot = boot;
        }

        boolean isCurrent(long aBoot, long generation, Delivery delivery) {
            return aBoot == boot && generation == generations[delivery.ordinal()];
        }

        private boolean isFormer(long aBoot) {
            for (int i = 0; i < Math.min(formerCount, BOOTS_REMEMBERED); i++) {
                if (formerBoots[i] == aBoot) {
                    return true;
                }
            }
            return false;
        }

        private void becomesBoot(long aBoot) {
            formerBoots[formerCount++ % BOOTS_REMEMBERED] = boot;
            boot = aBoot;
            Arrays.fill(generations, 0);
        }
    }

    /**
     * @param seals null if this node does not seal
     */
    Admission(AeronConfig config, Cookie cookie, long selfBoot, Seals seals) {
        this.mode = config.sealing().mode();
        this.seals = seals;
        this.self = config.self();
        this.clusterName = config.clusterName();
        this.cookie = cookie;
        this.selfBoot = selfBoot;
        int sendersMax = config.sessionsMax();
        this.senders = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<NodeId, Sender> eldest) {
                return size() > sendersMax;
            }
        };
    }

    /** Why a hello is refused, or null if it is right; changes nothing. */
    Refusal fault(Hello hello, Delivery delivery, int sessionId, int streamId) {
        if (!hello.clusterName().equals(clusterName)) {
            return Refusal.WRONG_CLUSTER;
        }
        if (!cookie.proves(hello, sessionId, streamId)) {
            return Refusal.WRONG_COOKIE;
        }
        if (hello.to().isPresent() && !hello.to().get().equals(self)) {
            return Refusal.WRONG_TARGET;
        }
        Refusal unsealed = sealFault(hello);
        if (unsealed != null) {
            return unsealed;
        }
        if (hello.from().equals(self) && hello.boot() != selfBoot) {
            return Refusal.SAME_NAME;
        }
        Sender sender = senders.get(hello.from());
        boolean stale = sender != null
                && hello.to().isPresent()
                && (sender.isFormer(hello.boot())
                        || sender.boot == hello.boot() && hello.generation() < sender.generations[delivery.ordinal()]);
        return stale ? Refusal.SUPERSEDED : null;
    }

    /** A knock may be sealed where this node is not, if its sender would go on without. */
    private Refusal sealFault(Hello hello) {
        SealOffer offer = hello.offer();
        if (offer == null) {
            return mode == EncryptionMode.REQUIRE ? Refusal.UNSEALED : null;
        }
        boolean isKnock = hello.to().isEmpty();
        if (seals == null) {
            return isKnock && offer.mode() == EncryptionMode.PREFER ? null : Refusal.SEALED;
        }
        return seals.has(offer.key()) ? null : Refusal.WRONG_KEY;
    }

    /** Makes the session of a faultless hello its sender's current one. */
    Sender accept(Hello hello, Delivery delivery) {
        Sender sender = senders.computeIfAbsent(hello.from(), from -> new Sender(hello.boot()));
        Check.that(!sender.isFormer(hello.boot()), "I2: a superseded boot stays so");
        if (sender.boot != hello.boot()) {
            sender.becomesBoot(hello.boot());
        }
        int at = delivery.ordinal();
        Check.that(hello.generation() >= sender.generations[at], "I1: generations rise", hello.generation());
        sender.generations[at] = hello.generation();
        return sender;
    }
}
