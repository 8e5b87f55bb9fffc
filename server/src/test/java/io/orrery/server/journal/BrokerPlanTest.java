package io.orrery.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.broker.cluster.NodeRole;
import io.orrery.broker.session.SessionLimits;
import io.orrery.kernel.NodeId;
import io.orrery.kernel.Time;
import io.orrery.kernel.codec.Bytes;
import io.orrery.raft.snapshot.SnapshotConfig;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BrokerPlanTest {
    private static BrokerPlan plan(MembershipPlan membership) {
        return new BrokerPlan(
                "east",
                "10.0.0.1:16000",
                NodeRole.PRIMARY,
                List.of(NodeId.of("a")),
                List.of(),
                new TreeMap<>(),
                SessionLimits.DEFAULT,
                false,
                100,
                SnapshotConfig.DEFAULT,
                0,
                membership,
                null);
    }

    @Test
    void planThatIsWrittenIsThePlanThatIsRead() {
        BrokerPlan plan = plan(new MembershipPlan(false, Time.seconds(300)));
        assertThat(BrokerPlan.decode(plan.encoded())).isEqualTo(plan);
    }

    @Test
    void journalOfBeforeRemembersTheDeadForADayAndProbesByDatagrams() {
        Bytes now = plan(MembershipPlan.OF_OLD).encoded();
        int added = 1 + 7;
        BrokerPlan old = BrokerPlan.decode(now.slice(0, now.length() - added));
        assertThat(old.membership()).isEqualTo(MembershipPlan.OF_OLD);
    }

    @Test
    void whatIsDecidedOfMembershipReachesIt() {
        var gossip = plan(new MembershipPlan(false, Time.seconds(300))).config().gossip();
        assertThat(gossip.datagrams()).isFalse();
        assertThat(gossip.retention().deadNanos()).isEqualTo(Time.seconds(300));
    }
}
