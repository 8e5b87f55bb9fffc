package io.orrery.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.orrery.raft.GroupEvent;
import io.orrery.raft.log.WalDamage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GroupLogTest {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(GroupLog.class);
    private long nowNanos;
    private final GroupLog log = new GroupLog(() -> nowNanos);

    @BeforeEach
    void listen() {
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }

    private static GroupLog.Look look(boolean isFull, long damages, GroupEvent... events) {
        return new GroupLog.Look(List.of(events), isFull, List.of(), damages, damages == 0 ? "" : "wal-1 at offset 8");
    }

    private static GroupEvent event(long atNanos, String what, String why) {
        return new GroupEvent(atNanos, GroupEvent.Kind.OTHER, what, why);
    }

    private List<String> said() {
        List<String> lines = appender.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
        appender.list.clear();
        return lines;
    }

    @Test
    void whatWasSaidOfAnEventIsNotSaidAgainWhenItIsSeenAgain() {
        GroupEvent leads = event(1, "become-leader", "term=2");
        log.say(look(false, 0, leads));
        assertThat(said()).containsExactly("INFO group 0: this node leads: term=2");
        log.say(look(false, 0, leads));
        assertThat(said()).isEmpty();
        log.say(look(false, 0, leads, event(2, "become-follower", "term=3")));
        assertThat(said()).containsExactly("INFO group 0: this node leads no longer: term=3");
    }

    @Test
    void aFollowerThatGoesOnFollowingIsNotWorthALine() {
        log.say(look(false, 0, event(1, "become-follower", "term=2"), event(2, "refuse-vote", "x")));
        assertThat(said()).isEmpty();
    }

    @Test
    void oneThingIsSaidAtMostOnceInTenSeconds() {
        log.say(look(false, 0, event(1, "hand-over", "to=n2"), event(2, "hand-over", "to=n3")));
        assertThat(said()).containsExactly("INFO group 0: this node hands leadership over: to=n2");
    }

    @Test
    void whatWasSaidIsNotSaidAgainWhenTheLastEventRepeatsAndIsKeptWithItsLastTime() {
        GroupEvent leads = event(1, "become-leader", "term=2");
        GroupEvent stops = event(2, "become-follower", "term=2 no majority heard");
        log.say(look(false, 0, leads, stops, event(3, "refuse-vote", "x")));
        assertThat(said()).hasSize(2);
        nowNanos = TimeUnit.MINUTES.toNanos(1);
        log.say(look(false, 0, leads, stops, event(4, "refuse-vote", "x")));
        assertThat(said()).isEmpty();
    }

    @Test
    void anEventOfTheSameInstantAsTheLastOneSeenIsSaid() {
        GroupEvent asks = event(5, "become-candidate", "term=2");
        log.say(look(false, 0, asks));
        log.say(look(false, 0, asks, event(5, "become-leader", "term=2")));
        assertThat(said()).containsExactly("INFO group 0: this node leads: term=2");
    }

    @Test
    void aNodeThatJoinsIsNoWarning() {
        log.say(look(false, 0, event(1, "forgot", GroupEvent.EMPTY_DISK)));
        assertThat(said()).hasSize(1).allMatch(line -> line.startsWith("INFO group 0: this node learns all"));
        nowNanos = TimeUnit.MINUTES.toNanos(1);
        log.say(look(false, 0, event(2, "forgot", "entries 2 to 18 [wal-1 from offset 80 to 136]")));
        assertThat(said()).hasSize(1).allMatch(line -> line.startsWith("WARN") && line.contains("entries 2 to 18"));
    }

    @Test
    void aFullDiskIsSaidWhenItBeginsAndWhenItEnds() {
        log.say(look(true, 0));
        log.say(look(true, 0));
        assertThat(said()).hasSize(1).allMatch(line -> line.startsWith("WARN the disk is full: group 0"));
        log.say(look(false, 0));
        assertThat(said()).containsExactly("INFO the disk has space again");
    }

    @Test
    void damageIsSaidWithItsPlaceOnceForEach() {
        log.say(look(false, 1));
        assertThat(said()).hasSize(1).allMatch(line -> line.contains("wal-1 at offset 8"));
        log.say(look(false, 1));
        assertThat(said()).isEmpty();
        log.say(look(false, 2));
        assertThat(said()).hasSize(1);
    }

    @Test
    void damageThatWasFoundAtTheStartIsNamed() {
        WalDamage damage = new WalDamage("wal-0000000001.log", 80, 136, "a record with a wrong checksum");
        log.say(new GroupLog.Look(List.of(), false, List.of(damage), 1, ""));
        assertThat(said())
                .hasSize(1)
                .allMatch(line -> line.contains("was damaged when this node started")
                        && line.contains("wal-0000000001.log from offset 80 to 136"));
    }
}
